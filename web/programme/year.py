"""A year of the programme: one sentence, what needs somebody, the picture, the table; the beginning."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rules.programme.authority import MAY_PROGRAMME
from rules.programme.years import label
from schemas.people import Person
from web.acting.doing import Again
from web.door.identity import require
from web.forms.posted import FormBack, fresh_key
from web.programme.acting import FIRST, Act, answer
from web.programme.board import ADOPTERS, MOVERS, PLANNERS, READERS, Board, board_of
from web.programme.strip import holidays, year_strip
from web.programme.views import line, lines, sentence, troubles
from web.programme.wording import standing
from web.showing.page import render

router = APIRouter(prefix="/programme", include_in_schema=False)
Reader = Annotated[Person, Depends(require(*READERS))]
Beginner = Annotated[Person, Depends(require(*MAY_PROGRAMME["OpenProgramme"]))]
LAST_YEAR = 2199


@router.get("")
async def one_year(request: Request, person: Reader, year: int = 0) -> Response:
    """One year, or the one that matters now."""
    board = await board_of(request)
    if board.programme is None:
        return _nothing_yet(request, person, FIRST)
    year = year if 2000 <= year <= LAST_YEAR else shown_first(board)  # noqa: PLR2004 - as years are written
    found = lines(board, year, person.role)
    gone = [one for one in board.programme.in_year(year) if one.state == "dropped"]
    return render(
        request, "programme/year.html", title=f"Programme {label(year)}", year=year, label=label(year),
        years=[(one, label(one)) for one in sorted({*board.years, year})], lines=found,
        sentence=sentence(board, year) if found else "", troubles=troubles(board),
        picture=year_strip(board, year), holidays=holidays(board, year), board=board,
        gone=[line(board, one) for one in gone], may_plan=person.role in PLANNERS,
        may_move=person.role in MOVERS and any(one.slot.waiting for one in found),
        may_adopt=person.role in ADOPTERS and bool(board.to_adopt(year)), adopts=board.to_adopt(year),
    )  # fmt: skip


@router.post("/begin")
async def begin(request: Request, person: Beginner, back: FormBack) -> Response:
    """Begin the programme; pressed twice, it is begun once."""
    board = await board_of(request)
    act = Act(request, board, person, back.key)
    command = act.command("OpenProgramme")
    outcome = command if isinstance(command, Again) else await act.send(command)
    if isinstance(outcome, Again):
        return _nothing_yet(request, person, outcome)
    return answer(request, back, outcome, "The programme is begun. Plan its first year", "/programme")


def _nothing_yet(request: Request, person: Person, again: Again) -> Response:
    return render(
        request, "programme/none.html", again.status, title="Programme", errors=again.errors, fields=(),
        key=fresh_key(), may_begin=person.role in MAY_PROGRAMME["OpenProgramme"],
    )  # fmt: skip


def shown_first(board: Board) -> int:
    """The year in which today lies where it has cycles; else the next one that has."""
    assert board.programme is not None
    with_cycles = [one for one in board.programme.years if standing(board.programme, one)]
    coming = [one for one in with_cycles if one >= board.year]
    return coming[0] if coming else board.year
