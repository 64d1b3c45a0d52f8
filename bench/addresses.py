"""Which addresses the bench of pages asks for: every route with real references in the place of its names."""

from dataclasses import dataclass

from schemas.people import Role
from store.pool import Pool

A_FEW = 12
"""How many cycles each page is asked about, in turn."""


@dataclass(frozen=True)
class Known:
    """References of the filled store, by what can be asked of them."""

    any: tuple[str, ...]
    gathering: tuple[str, ...]
    reviewing: tuple[str, ...]
    drafted: tuple[str, ...]
    public: tuple[str, ...]
    following: tuple[str, ...]
    meetings: tuple[str, ...]


async def known(pool: Pool) -> Known:
    """What the store holds."""

    async def some(where: str) -> tuple[str, ...]:
        rows = await pool.fetch(
            f"select reference from cycles where {where} order by md5(reference) limit {A_FEW}"  # noqa: S608 - our own words
        )
        return tuple(row["reference"] for row in rows)

    meetings = await pool.fetch(
        "select distinct meeting from cycle_sessions where meeting is not null limit $1", A_FEW
    )
    return Known(
        any=await some("true"),
        gathering=await some("stage = 'gathering'"),
        reviewing=await some("stage in ('reviewing', 'scheduled')"),
        drafted=await some("stage in ('checking', 'sign_off')"),
        public=await some("stage in ('following_up', 'closed')"),
        following=await some("stage = 'following_up'"),
        meetings=tuple(row["meeting"] for row in meetings),
    )


def filled(path: str, found: Known) -> list[str]:
    """The addresses of a route; none where nothing of the store fits it."""
    if path in FIXED:
        return list(FIXED[path])
    if "{" not in path:
        return [path]
    pattern, of = next(((made, chosen) for start, made, chosen in PATTERNS if path == start), ("", ""))
    return [pattern.format(one, low=one.lower()) for one in getattr(found, of)] if of else []


FIXED = {
    "/api/v1/explain": ("/api/v1/explain?rule=inspection-comments&start=2023-10-31",),
    "/deadlines/calculator": ("/deadlines/calculator", "/deadlines/calculator?rule=inspection-comments"),
    "/api/v1/majority": ("/api/v1/majority?rule=panel-veto&members=12&present=12",),
    "/live": (),  # a stream without an end
}
PATTERNS = (
    ("/findings/{reference}.json", "/findings/{low}.json", "public"),
    ("/findings/{reference}.pdf", "/findings/{low}.pdf", "public"),
    ("/findings/{reference}/versions/{version}", "/findings/{low}/versions/1", "public"),
    ("/findings/{reference}", "/findings/{low}", "public"),
    ("/cycles/{reference}", "/cycles/{}", "any"),
    ("/cycles/{reference}/findings", "/cycles/{}/findings", "drafted"),
    ("/cycles/{reference}/findings/compare", "/cycles/{}/findings/compare", "drafted"),
    ("/cycles/{reference}/findings/redactions", "/cycles/{}/findings/redactions", "drafted"),
    ("/cycles/{reference}/act/Redact", "/cycles/{}/act/Redact", "drafted"),
    ("/cycles/{reference}/act/{kind}", "/cycles/{}/act/AddRequest", "gathering"),
    ("/cycles/{reference}/requests/{number}", "/cycles/{}/requests/1", "any"),
    ("/cycles/{reference}/requests/{number}/evidence", "/cycles/{}/requests/1/evidence", "any"),
    ("/cycles/{reference}/actions/{year}/{number}", "/cycles/{}/actions/2026/0101", "following"),
    ("/cycles/{reference}/decisions/{number}", "/cycles/{}/decisions/1", "following"),
    ("/cycles/{reference}/sessions/{number}", "/cycles/{}/sessions/1", "any"),
    ("/cycles/{reference}/sessions/{number}/notes.md", "/cycles/{}/sessions/1/notes.md", "following"),
    ("/cycles/{reference}/handover", "/cycles/{}/handover", "any"),
    ("/cycles/{reference}/handover.zip", "/cycles/{}/handover.zip", "any"),
    (
        "/cycles/{reference}/handover-without-sensitive.zip",
        "/cycles/{}/handover-without-sensitive.zip",
        "any",
    ),
    ("/cycles/{reference}/what-if", "/cycles/{}/what-if", "gathering"),
    ("/tasks/{reference}/{number}", "/tasks/{}/1", "gathering"),
    ("/tasks/{reference}/{number}/receipts/{version}", "/tasks/{}/1/receipts/1", "reviewing"),
    ("/meetings/{reference}", "/meetings/{}", "meetings"),
    ("/meetings/{reference}/act/{kind}", "/meetings/{}/act/MoveSession", "meetings"),
    ("/meetings/{reference}/join", "/meetings/{}/join", "meetings"),
    ("/meetings/{reference}/run", "/meetings/{}/run", "meetings"),
    ("/api/v1/cycles/{reference}", "/api/v1/cycles/{}", "any"),
    ("/api/v1/cycles/{reference}/timeline", "/api/v1/cycles/{}/timeline", "following"),
    ("/api/v1/meetings/{reference}", "/api/v1/meetings/{}", "meetings"),
    ("/deadlines/why/{reference}/{key:path}", "/deadlines/why/{}/return/1", "gathering"),
    ("/api/v1/cycles/{reference}/why/{key:path}", "/api/v1/cycles/{}/why/return/1", "gathering"),
)


def variants(found: Known) -> list[tuple[str, Role | None, list[str]]]:
    """The same pages as others see them, and further on in their lists."""
    return [
        ("/my-work", Role.COMMISSIONER, ["/my-work"]),
        ("/my-work", Role.CHIEF_EXECUTIVE, ["/my-work"]),
        ("/my-work?page=3", Role.POLICY_OFFICER, ["/my-work?page=3"]),
        ("/tasks", Role.CHIEF_CONSTABLE, ["/tasks"]),
        ("/cycles?page=100", Role.POLICY_OFFICER, ["/cycles?page=100"]),
        ("/cycles?search=", Role.POLICY_OFFICER, ["/cycles?search=Question+77"]),
        ("/findings?words=", None, ["/findings?words=Question+77"]),
        ("/findings?page=40", None, ["/findings?page=40"]),
        ("/cycles/{reference}/act/PublishAgenda", Role.POLICY_OFFICER, [
            f"/cycles/{one}/act/PublishAgenda" for one in found.reviewing
        ]),
    ]  # fmt: skip
