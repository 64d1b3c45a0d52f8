"""The last wall: what the face of PostgreSQL shows to each viewer is what the rule says, and nothing more."""

import asyncpg
import pytest

from schemas.people import Role
from schemas.viewing import Viewer
from store.keeping import Keeping
from store.pool import Pool, connect
from store.reads import Reads
from store.viewing import SeenPool, looking
from tests.store.checked import CHIEF, ELSEWHERE, LEAD, OFFICER, check
from tests.store.walled import TODAY, Land, viewers

pytestmark = pytest.mark.real

OPEN_TO_ALL = {
    "publications", "releases", "plans", "calendars", "standards", "windows", "findings_search",
    "commitments_heard", "measure_figures", "public_feed",
    "chained_on", "checkpoints", "ledger_keys", "ledger_proofs",
}  # fmt: skip
BY_CYCLE = {
    "cycle_access", "cycles", "ledger", "requests", "deadlines", "mails", "restrictions", "openings", "needs",
    "open_actions", "cycle_sessions", "colleagues", "left_open", "asked_about", "runs", "run_lines",
    "run_answers", "runs_behind", "cycle_titles",
    "text_places", "file_places",
}  # fmt: skip
BY_WHAT_THEY_STAND_IN = {"texts", "files"}
OF_THE_OFFICE = {
    "programmes", "programme_ledger", "successions", "sittings", "jottings", "outside_events",
    "outside_feeds", "triggers", "access_log", "people", "people_changes", "engine_seen",
    "tracker_history",
}  # fmt: skip
CLOSED = {
    "migrations", "allotments", "logout_tokens", "sessions", "identities", "task_links", "link_codes",
    "link_asks", "api_tokens", "imports", "import_rows", "import_headings", "drafts", "followers",
    "follower_news", "follower_told", "public_questions", "outside_looked_at", "seen",
    "checkpoint_heads", "duties_ahead", "erasures", "restores", "out_tray",
    "mail_recipients", "mails_again", "mail_choices", "digest_lines", "calendar_addresses", "letter_editions",
    "subscriptions", "subscription_cursors", "subscription_secrets", "subscription_acts",
}  # fmt: skip


async def tables(pool: Pool) -> set[str]:
    """Every table there is."""
    rows = await pool.fetch("select tablename from pg_tables where schemaname = 'public'")
    return {row["tablename"] for row in rows}


async def test_everything_that_is_shown_is_what_the_rule_shows(face: SeenPool, land: Land) -> None:
    """One after another on one connection, each viewer has exactly what the rule gives them."""
    for viewer in viewers().values():
        await check(face, land, viewer)


async def test_the_land_puts_the_walls_to_the_test(land: Land) -> None:
    """Nobody, a lead, a force, a panel and an office each see something, and none of them the same."""
    names = (
        "nobody",
        "by link",
        "acc-local-policing",
        "force-coordination",
        "panel-secretariat",
        "policy-officer",
    )
    shown = [frozenset(land.entries(viewers()[name])) for name in names]
    assert all(shown)
    assert len(set(shown)) == len(names)
    assert land.entries(LEAD).isdisjoint(
        entry for entry in land.entries(ELSEWHERE) if entry not in land.entries(None)
    )


async def test_every_table_has_its_wall(hand: Pool) -> None:
    """A new table is named here and, where pages read it, in store/walls.sql: shows('table', 'rows')."""
    known = OPEN_TO_ALL | BY_CYCLE | BY_WHAT_THEY_STAND_IN | OF_THE_OFFICE | CLOSED
    assert await tables(hand) - known == set(), "say in store/walls.sql who sees these, and name them here"


async def test_what_is_closed_cannot_be_read_at_all(face: SeenPool, hand: Pool) -> None:
    """Tables that no page reads in a viewer's name refuse the face, whoever looks; secrets above all."""
    for name in sorted(CLOSED & await tables(hand)):
        with looking(CHIEF), pytest.raises(asyncpg.InsufficientPrivilegeError):
            await face.fetch(f"select * from public.{name}")  # noqa: S608 - a name from this file


async def test_no_row_of_any_table_belongs_to_a_cycle_that_is_not_seen(
    face: SeenPool, hand: Pool, land: Land
) -> None:
    """The other force's lead finds no cycle of this one in any table that is not everybody's."""
    seen = set(land.seen(ELSEWHERE))
    for name in sorted(BY_CYCLE & await tables(hand)):
        column = "reference" if name == "cycles" else "cycle"
        with looking(ELSEWHERE):
            rows = await face.fetch(f"select * from public.{name}")  # noqa: S608 - a name from this file
        assert {row[column] for row in rows} <= seen | {"HTA-2026-05"}, name


async def test_the_face_writes_nothing(face: SeenPool) -> None:
    """No table can be written in a viewer's name, and no policy be changed."""
    for act in (
        "insert into texts (ref, words) values ('x', 'y')",
        "update cycles set stage = 'closed'",
        "delete from ledger",
        "insert into cycle_access (cycle, who, part) values ('HTA-2026-01', 'public', 'whole')",
        "alter table ledger disable row level security",
        "create table mine (a int)",
        "create function public.mine() returns int language sql as 'select 1'",
    ):
        with looking(CHIEF), pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.PostgresError)):
            await face.execute(act)


async def test_the_hand_keeps_words_and_never_touches_the_record(hand: Pool) -> None:
    """What pages keep is kept; the engine's own tables refuse."""
    await Keeping(hand).keep_words({f"text:{'a' * 64}": "Words"})
    assert await Keeping(hand).allot("some-key-of-a-form", "cycle", 2031) == 1
    for name in ("ledger", "cycles", "requests", "publications", "programme_ledger", "cycle_access"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await hand.execute(f"delete from {name}")  # noqa: S608 - a name from this file
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await hand.execute("delete from access_log")


async def test_what_somebody_types_is_never_who_they_are(face: SeenPool, land: Land) -> None:
    """What looks like SQL in an address, a search, a name or an organisation opens nothing."""
    evil = "x'); select set_config('answerable.keys', '{office,body:west-mercia-opcc}', false); --"
    reads = Reads(face)
    with looking(ELSEWHERE):
        assert await reads.cycle(evil) is None
        assert await reads.cycles(search=evil) == []
        assert await reads.words({evil}) == {}
        assert not await reads.file_seen(evil)
    names = {"person": "a-lead", "role": Role.FORCE_COORDINATION, "organisation": evil, "on": TODAY}
    await check(face, land, Viewer.model_validate(names))
    await check(face, land, Viewer.model_validate({**names, "organisation": '{"a","office"},public'}))
    await check(face, land, None)


async def test_somebody_who_is_not_of_the_directory_sees_what_everybody_sees(
    face: SeenPool, land: Land
) -> None:
    """A role alone, without an office or force of that name, opens nothing."""
    for role in (Role.COMMISSIONER, Role.CHIEF_CONSTABLE, Role.THEMATIC_LEAD, Role.PUBLIC):
        stranger = Viewer(person="nobody-here", role=role, organisation="nowhere", on=TODAY)
        with looking(stranger):
            found = {row["reference"] for row in await face.fetch("select reference from cycles")}
        assert found <= set(land.seen(None))
        await check(face, land, stranger)


async def test_a_file_of_another_force_is_not_there(face: SeenPool, hand: Pool, settled: str) -> None:
    """Whoever guesses a digest is told no more than of one that never was."""
    digest = "d" * 64
    async with await connect(settled) as owner:
        await hand.execute(
            "insert into files (digest, size, media_type) values ($1, 1, 'text/plain')"
            " on conflict do nothing",
            digest,
        )
        await owner.execute(
            "insert into file_places values ($1, 'HTA-2026-01', 'request/3') on conflict do nothing", digest
        )
    for viewer, there in ((OFFICER, True), (LEAD, True), (ELSEWHERE, False), (None, False)):
        with looking(viewer):
            assert await Reads(face).file_seen(digest) is there
