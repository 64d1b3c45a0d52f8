"""How cycles run: where the time goes, who holds them, what is in time, and how that changes."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from reference.catalogue import standards
from rules.programme.years import label
from rules.timing.planned import targets
from rules.timing.summing import FEW, enough, middle, share
from schemas.insights import Insights, KindSum, LeadSum, QuarterSum
from schemas.people import Person
from schemas.standards import Standards
from schemas.timing import STEPS, Step
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.pictures.ball import Held, ball, ball_table
from web.pictures.frame import Table, framed, laid_out
from web.pictures.process import TOO_FEW, Box, Loop, Process, process, process_table
from web.pictures.quarters import quarter
from web.showing.page import render
from web.showing.ran import NAMES
from web.showing.words import plural

router = APIRouter(include_in_schema=False)
Reader = Annotated[Person, Depends(require(*OPCC_ROLES))]
EVERY = range(2000, 2200)


@dataclass(frozen=True)
class Sought:
    """Which cycles somebody looks at: of one kind, of one programme year, or all."""

    kind: str = ""
    year: int | None = None

    def address(self, **changes: str | int | None) -> str:
        """The page with these changes."""
        facts = {"kind": self.kind, "year": self.year, **changes}
        kept = {name: said for name, said in facts.items() if said}
        return f"/insights?{urlencode(kept)}" if kept else "/insights"


@router.get("/insights")
async def insights(
    request: Request,
    person: Reader,  # noqa: ARG001 - only they may see it
    kind: Annotated[str, Query(max_length=64)] = "",
    year: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    """How cycles run, over all of them or those of one kind and year."""
    here = rooms(request)
    sought = Sought(kind.strip(), int(year) if year.isdecimal() and int(year) in EVERY else None)
    found = await here.reads.insights(sought.kind or None, sought.year)
    plan = await here.reads.plan()
    kinds = {**standards(), **(await here.reads.standards(plan.body) if plan else {})}
    people = await here.reads.people()
    return render(
        request, "insights/running.html", title="How cycles run", sought=sought, found=found,
        kinds={one: kinds[one].title if one in kinds else one for one in found.all_kinds},
        label=label, sentence=_sentence(found), few=not enough(found.cycles), fewest=FEW,
        process=_process(found, kinds.get(sought.kind)), held=_held(found), too_few=TOO_FEW,
        leads=laid_out(_leads(found.leads, {one.id: one.title for one in people.values()})),
        by_kind=laid_out(_kinds(found.kinds, kinds)), trend=laid_out(_trend(found.quarters)),
    )  # fmt: skip


def _sentence(found: Insights) -> str:
    """How cycles run, in a sentence or two."""
    asked, late = sum(one.asked for one in found.leads), sum(one.late for one in found.leads)
    if not enough(asked):
        return f"{plural(asked, 'request')} came due so far: {TOO_FEW} how many are answered in time."
    return f"{share(asked - late, asked)} per cent of {asked:,} requests were answered in time."


def _process(found: Insights, kind: Standards | None) -> Markup:
    aims: dict[Step, int] = targets(kind) if kind else {}
    steps = {one.step: one for one in found.steps}
    boxes = tuple(
        Box(NAMES[step], steps[step].median if enough(steps[step].cycles) else None, aims.get(step),
            steps[step].cycles)
        for step in STEPS
    )  # fmt: skip
    loops = (
        Loop("Sent back", STEPS.index("evidence"), found.sent_back_cycles, found.sent_back),
        Loop("More time", STEPS.index("evidence"), found.more_time_cycles, found.more_time),
    )
    drawn = Process("Median working days in each step", boxes, loops, found.cycles)
    return framed(process(drawn), process_table(drawn), label=drawn.title)


def _held(found: Insights) -> Markup:
    bars, title = (
        (Held("All cycles", {str(side): days for side, days in found.held.items()}),),
        "Who held the cycles",
    )
    if not enough(found.cycles):
        return Markup("")
    return framed(ball(bars, title), ball_table(bars, title), label=title)


def in_time(late: int, whole: int) -> str:
    """The share in time with the number it stands on; or that there are too few."""
    return f"{share(whole - late, whole)}% of {whole:,}" if enough(whole) else f"{TOO_FEW} ({whole})"


def _middle(median: int | None, count: int) -> str:
    return str(median) if median is not None and enough(count) else TOO_FEW if count else "none"


def _leads(leads: tuple[LeadSum, ...], titles: dict[str, str]) -> Table:
    ordered = sorted(leads, key=lambda one: (one.late * -100 // one.asked, titles.get(one.lead, one.lead)))
    rows = tuple(
        (
            titles.get(one.lead, one.lead),
            in_time(one.late, one.asked),
            one.late,
            _middle(middle(one.late_days), one.late),
        )
        for one in ordered
    )
    heads = ("Lead", "Answered in time", "Late", "Median working days late")
    return Table("First full answers in time, by who was asked", heads, rows)


def _kinds(kinds: tuple[KindSum, ...], known: dict[str, Standards]) -> Table:
    rows = tuple(
        (known[one.kind].title if one.kind in known else one.kind, one.cycles, one.published,
         in_time(one.late, one.published), _middle(one.median, one.published))
        for one in kinds
    )  # fmt: skip
    heads = (
        "Kind of cycle",
        "Cycles",
        "Published",
        "Published in time",
        "Median working days to publication",
    )
    return Table("Publication in time, by kind of cycle", heads, rows)


def _trend(quarters: tuple[QuarterSum, ...]) -> Table:
    rows = tuple(
        (
            quarter(one.first_on),
            in_time(one.late, one.due),
            one.published,
            _middle(middle(one.days), one.published),
        )
        for one in quarters
    )
    rows = rows or (("No quarter yet", "nothing fell due", 0, "none"),)
    heads = ("Quarter", "Answered in time", "Cycles published", "Median working days to publication")
    return Table("Quarter by quarter", heads, rows)
