"""The Commissioner adopts a year: the whole year on one page, made for a phone, and one button."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rules.programme.years import label
from schemas.people import Person
from web.acting.doing import Again
from web.door.identity import require
from web.forms.posted import FormBack, fresh_key
from web.programme.acting import FIRST, Act, answer, marked, stale
from web.programme.board import ADOPTERS, Board, board_of
from web.programme.views import lines
from web.showing.page import render
from web.showing.words import plural

router = APIRouter(prefix="/programme/adopt", include_in_schema=False)
Adopter = Annotated[Person, Depends(require(*ADOPTERS))]
CHANGED = "The programme was changed since this page was made. Read it again as it stands now, then adopt it."


@router.get("")
async def read_through(request: Request, person: Adopter, year: int = 0) -> Response:
    """The year as it would be adopted."""
    board = await board_of(request)
    return _show(Act(request, board, person, fresh_key()), year or first_waiting(board), FIRST)


@router.post("")
async def adopt(request: Request, person: Adopter, back: FormBack) -> Response:
    """Adopt what was read, and nothing that was put in meanwhile."""
    board, typed = await board_of(request), back.typed
    said = typed.one("year")
    year = int(said) if said.isdecimal() else board.year
    act = Act(request, board, person, back.key, {"year": "form"})
    if typed.one("shown") != shown(board, year) and not await act.answered():
        return _show(act, year, stale(CHANGED))
    command = act.command("AdoptYear", year=year)
    outcome = command if isinstance(command, Again) else await act.send(command)
    if isinstance(outcome, Again):
        return _show(act, year, outcome)
    adopted = plural(len(getattr(outcome, "slots", ())), "cycle")
    return answer(
        request, back, outcome, f"{label(year)} is adopted: {adopted} open on their days",
        f"/programme?year={year}",
    )  # fmt: skip


def first_waiting(board: Board) -> int:
    """The first year with something to adopt; else the one in which today lies."""
    years = board.programme.years if board.programme else ()
    return next((one for one in years if board.to_adopt(one)), board.year)


def shown(board: Board, year: int) -> str:
    """The mark of what would be adopted."""
    return marked(*board.to_adopt(year))


def _show(act: Act, year: int, again: Again) -> Response:
    board, rows = act.board, lines(act.board, year, act.person.role)
    return render(
        act.request, "programme/adopt.html", again.status, title=f"Adopt {label(year)}", year=year,
        label=label(year), errors=again.errors, stale=False, fields=(), board=board, key=act.key,
        waiting=[one for one in rows if one.slot.state == "proposed"],
        others=[one for one in rows if one.slot.state != "proposed"], shown=shown(board, year),
        back=(f"/programme?year={year}", f"Programme {label(year)}"),
    )  # fmt: skip
