"""The plan in public: at a glance, objective by objective, and one page for each commitment."""

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rules.clocks import civil
from schemas.plans import Objective, Plan
from web.door.rooms import rooms
from web.papers import atom
from web.public.caching import everybody, kept
from web.public.commitment import about, found_in
from web.public.finding import line
from web.public.objective import by_commitment, by_objective, covered
from web.public.promises import KINDS, aims_heard, map_of

router = APIRouter(include_in_schema=False)
GET = ["GET", "HEAD"]
NEWEST = 10
"""Sets of findings that stand on a commitment's page in full; the others are in its feed and the search."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@router.api_route("/plan", methods=GET)
async def at_a_glance(request: Request) -> Response:
    """The plan's objectives and commitments: how often each was asked about, and when last."""
    here = rooms(request)
    plan = await here.reads.plan()
    heard = await here.reads.heard() if plan else []
    found = aims_heard(plan, heard) if plan else []
    return everybody(
        request, "public/plan.html", title=plan.title if plan else "Plan", aims=found, picture=map_of(found),
        asked=sum(one.asked for one in found), whole=sum(len(one.promises) for one in found),
        grid=by_objective(plan, heard, civil(here.now())) if plan else "",
    )  # fmt: skip


@router.api_route("/plan/{name}.atom", methods=GET)
async def feed(request: Request, name: str) -> Response:
    """The newest findings about a commitment for feed readers."""
    here = rooms(request)
    plan = await here.reads.plan()
    pair = found_in(plan, name) if plan else None
    if plan is None or pair is None:
        return _unknown(request, plan, name)
    rows = await here.reads.findings_about(pair[1].ref)
    found = [line(row, plan) for row in rows]
    entries = [
        atom.Item(f"findings/{one.reference}/{one.version}", one.title, one.changed_at, one.answer,
                  f"/findings/{one.slug}")
        for one in found
    ]  # fmt: skip
    slug = pair[1].ref.lower()
    said = atom.items(entries, here.office, f"plan/{slug}", f"Findings about {pair[1].ref}", f"/plan/{slug}")
    return kept(request, Response(said, media_type=atom.MEDIA_TYPE), said.encode())


@router.api_route("/plan/{name}", methods=GET)
async def one(request: Request, name: str) -> Response:
    """One commitment with all that is published about it; or one objective with its commitments."""
    here = rooms(request)
    plan = await here.reads.plan()
    if plan is None or not NAME.fullmatch(name):
        return _unknown(request, plan, name)
    objective = next((it for it in plan.objectives if it.id == name.lower()), None)
    if objective:
        return await _objective(request, objective)
    pair = found_in(plan, name)
    if pair is None:
        return _unknown(request, plan, name)
    rows = await here.reads.findings_about(pair[1].ref, NEWEST)
    cycles = await here.reads.cycles_named(row.cycle for row in rows)
    pages = [(row, cycles.get(row.cycle)) for row in rows]
    coming = await here.reads.sessions_about(pair[1].ref, here.now())
    people = await here.reads.people()
    found = about(pair, pages, coming, plan=plan, people=people, now=here.now())
    return everybody(
        request, "public/commitment.html", title=found.commitment.text, about=found, kinds=KINDS,
        plan=plan, newest=NEWEST, back=(f"/plan/{found.objective.id}", found.objective.title),
    )  # fmt: skip


async def _objective(request: Request, objective: Objective) -> Response:
    here = rooms(request)
    refs = {one.ref for one in objective.commitments}
    rows = [one for one in await here.reads.heard() if one.commitment in refs]
    today = civil(here.now())
    return everybody(
        request, "public/objective.html", title=objective.title, objective=objective,
        grid=by_commitment(objective, rows, today), covered=covered(objective, rows, today),
        asked=len({one.commitment for one in rows}), back=("/plan", "The plan"),
    )  # fmt: skip


def _unknown(request: Request, plan: Plan | None, name: str) -> Response:
    return everybody(
        request, "public/no-commitment.html", 404, title="No such promise", plan=plan, name=name[:64]
    )
