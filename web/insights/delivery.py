"""The delivery plan: how each commitment stands, what the office says of it, and what it froze."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.measures import measures
from rules.programme.authority import MAY_PROGRAMME
from rules.programme.delivering import BACK
from rules.timing.spans import quarter_of, quarters_back
from schemas.people import Person, Role
from schemas.shape import Words
from web.acting.doing import Again
from web.door.identity import OPCC_ROLES, require
from web.door.rooms import rooms
from web.forms.fields import Field, Option, Typed, read
from web.forms.form import Form
from web.forms.posted import FormBack, fresh_key
from web.insights.rated import SIGNS, WORDS, Known, Standing, as_csv, counts, standing, standings, table
from web.pictures.quarters import quarter, said_in_months
from web.programme.acting import FIRST, Act, answer, marked, show_form, stale
from web.programme.board import board_of
from web.public.commitment import found_in
from web.showing.page import render

router = APIRouter(prefix="/plan/manage", include_in_schema=False)
READERS = (*OPCC_ROLES, Role.PANEL_SECRETARIAT)
WRITERS = MAY_PROGRAMME["AssessDelivery"]
Reader = Annotated[Person, Depends(require(*READERS))]
Writer = Annotated[Person, Depends(require(*WRITERS))]
Word = Annotated[str, Query(max_length=64)]
MONTH = re.compile(r"(20\d\d)-(01|04|07|10)")
ASSESS = Form("AssessDelivery", "How it is delivered", "Save")
CHANGED = (
    "Somebody wrote about this quarter since this page was made. Read what stands now; yours is kept below."
)
UNAVAILABLE = 503
OPTIONS = tuple(Option(name, f"{SIGNS[name]} {words}".strip()) for name, words in WORDS.items())


@dataclass(frozen=True)
class Sought:
    """Which quarter, objective and rating somebody looks at."""

    quarter_on: date
    theme: str = ""
    rating: str = ""

    def address(self, **changes: str) -> str:
        """The page with these changes."""
        facts = {"quarter": f"{self.quarter_on:%Y-%m}", "theme": self.theme, "rating": self.rating, **changes}
        return "/plan/manage?" + urlencode({name: said for name, said in facts.items() if said})


@router.get("")
async def manage(
    request: Request, person: Reader, quarter: Word = "", theme: Word = "", rating: Word = ""
) -> Response:
    """The plan with its ratings, one quarter after another, and the snapshots."""
    known = await _known(request)
    return _page(request, known, person, _sought(known, quarter, theme, rating), FIRST)


@router.post("/freeze")
async def freeze(request: Request, person: Writer, back: FormBack) -> Response:
    """Freeze a quarter as it was read; nothing that was written meanwhile slips in."""
    known, typed = await _known(request), back.typed
    sought = _sought(known, typed.one("quarter"), "", "")
    found = _all(known, sought.quarter_on)
    act = Act(request, known.board, person, back.key, {"quarter_on": "form"})
    if typed.one("shown") != _shown(found) and not await act.answered():
        return _page(request, known, person, sought, stale(CHANGED))
    words = Words()
    ref = words.ref(as_csv(found, sought.quarter_on))
    command = act.command(
        "FreezeDelivery", quarter_on=sought.quarter_on, table=ref.removeprefix("text:"), lines=len(found)
    )
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return _page(request, known, person, sought, outcome)
    return answer(request, back, outcome, "The delivery plan is frozen for the panel", sought.address())


@router.get("/snapshots/{number}.csv")
async def snapshot(request: Request, number: str, person: Reader) -> Response:
    """A snapshot as it was frozen."""
    del person
    programme = (await board_of(request)).programme
    found = (
        next((one for one in programme.snapshots if str(one.number) == number), None) if programme else None
    )
    ref = f"text:{found.table}" if found else ""
    said = (await rooms(request).reads.words({ref})).get(ref) if found else None
    if said is None:
        raise HTTPException(404)
    name = f'attachment; filename="delivery-plan-{number}.csv"'
    return Response(said, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@router.get("/{ref}")
async def ask(request: Request, ref: str, person: Writer, quarter: Word = "") -> Response:
    """The form about one commitment in one quarter, with what the rule says and why."""
    known = await _known(request)
    sought = _sought(known, quarter, "", "")
    return _form(
        Act(request, known.board, person, fresh_key()), _one(known, ref, sought), sought, FIRST, Typed()
    )


@router.post("/{ref}")
async def write(request: Request, ref: str, person: Writer, back: FormBack, quarter: Word = "") -> Response:
    """Keep what the office says of it."""
    known, typed = await _known(request), back.typed
    sought = _sought(known, typed.one("quarter") or quarter, "", "")
    found, act = _one(known, ref, sought), Act(request, known.board, person, back.key)
    reading = read(_fields(found, sought), typed)
    if reading.errors:
        return _form(act, found, sought, Again(reading.errors), typed)
    if typed.one("seen") != _mark(found) and not await act.answered():
        return _form(act, found, sought, stale(CHANGED), typed)
    words, said = Words(), reading.values
    command = act.command(
        "AssessDelivery", commitment=found.commitment.ref, quarter_on=sought.quarter_on,
        by_rule=found.rule.rating, rating=said["rating"], because=words.maybe(said["because"]),
        narrative=words.ref(said["narrative"]),
    )  # fmt: skip
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return _form(act, found, sought, outcome, typed)
    return answer(request, back, outcome, f"{found.commitment.ref} is on record", sought.address())


async def _known(request: Request) -> Known:
    here, board = rooms(request), await board_of(request)
    if board.calendar is None:
        raise HTTPException(UNAVAILABLE)
    known = measures()
    figures = await here.reads.figures([one.id for one in known])
    return Known(board, await here.reads.asked(board.today), known, figures, board.calendar)


def _sought(known: Known, said: str, theme: str, rating: str) -> Sought:
    present = quarter_of(known.board.today)
    found = MONTH.fullmatch(said)
    on = date(int(found[1]), int(found[2]), 1) if found else present
    open_ones = quarters_back(present, BACK + 1)
    themes = {one.id for one in known.board.plan.objectives} if known.board.plan else set()
    return Sought(
        on if on in open_ones else present,
        theme if theme in themes else "",
        rating if rating in WORDS else "",
    )


def _all(known: Known, quarter_on: date) -> list[Standing]:
    return standings(known, known.board.plan, quarter_on) if known.board.plan else []


def _one(known: Known, ref: str, sought: Sought) -> Standing:
    pair = found_in(known.board.plan, ref) if known.board.plan else None
    if pair is None or known.board.programme is None:
        raise HTTPException(404)
    return standing(known, pair[1], (pair[0].id, pair[0].title), sought.quarter_on)


def _shown(found: list[Standing]) -> str:
    return marked(*(one.assessment for one in found if one.assessment))


def _mark(found: Standing) -> str:
    return marked(found.assessment) if found.assessment else "nothing"


def _page(request: Request, known: Known, person: Person, sought: Sought, again: Again) -> Response:
    board, found = known.board, _all(known, sought.quarter_on)
    may_write = person.role in WRITERS and board.programme is not None
    shown = [one for one in found if sought.theme in ("", one.theme) and sought.rating in ("", one.rating)]
    return render(
        request, "insights/delivery.html", again.status, title="Delivery of the plan", sought=sought,
        errors=again.errors, stale=again.stale, fields=(), board=board, plan=board.plan,
        counts=counts(found), count=len(shown), whole=len(found),
        grid=table(known, shown, sought.quarter_on, may_write=may_write),
        quarters=_choices(quarter_of(board.today)),
        label=quarter(sought.quarter_on), months=said_in_months(sought.quarter_on),
        ratings=WORDS, may_write=may_write, shown=_shown(found),
        key=fresh_key(), quarter_of=quarter,
        snapshots=tuple(reversed(board.programme.snapshots)) if board.programme else (),
    )  # fmt: skip


def _choices(present: date) -> list[tuple[str, str]]:
    """The quarters that can be looked at and written, the present one first."""
    return [(f"{on:%Y-%m}", quarter(on)) for on in reversed(quarters_back(present, BACK + 1))]


def _fields(found: Standing, sought: Sought) -> tuple[Field, ...]:
    stands = found.assessment
    rule = WORDS[found.rule.rating]
    return (
        Field("rating", "Rating", "one", f"The rule says {rule.lower()}. {' '.join(found.rule.because)}",
              "Choose a rating", OPTIONS, start=stands.rating if stands else found.rule.rating),
        Field("because", "Why it is not what the rule says", "text",
              "Only where you chose another rating. It stands on record beside the rule's.", optional=True,
              start=found.because, rows=3),
        Field("narrative", "In a few sentences, how is it delivered?", "text",
              f"For {said_in_months(sought.quarter_on)}. The panel reads this.",
              "Write in a sentence how it is delivered", start=found.narrative, rows=6),
        Field("seen", "", "hidden", start=_mark(found), optional=True),
        Field("quarter", "", "hidden", start=f"{sought.quarter_on:%Y-%m}", optional=True),
    )  # fmt: skip


def _form(act: Act, found: Standing, sought: Sought, again: Again, typed: Typed) -> Response:
    caption = f"{found.commitment.ref}, {quarter(sought.quarter_on)}: {found.commitment.text}"
    return show_form(
        act.request, ASSESS, _fields(found, sought), again, typed, caption=caption,
        back=(sought.address(), "Delivery of the plan"),
    )  # fmt: skip
