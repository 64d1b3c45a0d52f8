"""What was asked about each promise of the plan, what came of it, and what is worth asking again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from engine.planning import coverage_now
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.programme import Ground
from schemas.programme.rows import Coverage
from web.door.identity import require
from web.door.rooms import rooms
from web.pictures.squares import Square, Theme, Tone, squares
from web.programme.board import PLANNERS, READERS, Board, board_of
from web.programme.wording import GROUNDS, NO_GROUND, address, ground
from web.showing.dates import day
from web.showing.page import render
from web.showing.words import ASSURANCE, plural, times

router = APIRouter(prefix="/programme", include_in_schema=False)
Reader = Annotated[Person, Depends(require(*READERS))]
Word = Annotated[str, Query(max_length=64)]
NONE = "none"
AGAIN: tuple[Ground, ...] = ("not_assured", "follow_up", "partly_assured", "long_ago")
TONES = {
    "not_assured": Tone("N", "Not assured", "#a3280f", "#ffffff", "#a3280f"),
    "follow_up": Tone("O", "Action overdue", "#f2a98c"),
    "partly_assured": Tone("P", "Partly assured", "#ffdd70"),
    "never_asked": Tone("?", "Never asked", "#ffffff", "#0b0c0c", "#505a5f"),
    "long_ago": Tone("L", "Asked long ago", "#d5dce6"),
    NONE: Tone("✓", NO_GROUND, "#9fd1b4"),
}


@dataclass(frozen=True)
class Sought:
    """Which promises somebody looks for: of one theme, with one ground."""

    theme: str = ""
    ground: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.theme or self.ground)

    def has(self, one: Coverage) -> bool:
        """Whether a promise is among them."""
        return self.theme in ("", one.theme) and self.ground in ("", one.ground or NONE)


@router.get("/coverage")
async def covered(request: Request, person: Reader, theme: Word = "", ground: Word = "") -> Response:
    """Every promise by theme, as a picture and as a table, or those of one theme or ground."""
    here, board = rooms(request), await board_of(request)
    found = await coverage_now(here.reads, here.now())
    rows: tuple[Coverage, ...] = () if isinstance(found, Refused) else found
    sought = Sought(theme if theme in _themes(board) else "", ground if ground in TONES else "")
    shown = [one for one in rows if sought.has(one)]
    return render(
        request, "programme/coverage.html", title="What was asked about each promise", sought=sought,
        refused=found if isinstance(found, Refused) else None, grouped=_grouped(board, shown),
        count=len(shown), total=len(rows), picture=_map(board, rows), sentence=_sentence(rows),
        themes=_themes(board), grounds={name: tone.words for name, tone in TONES.items()},
        words=ground_of, address=address, assurance=ASSURANCE, year=max(board.years),
        may_plan=person.role in PLANNERS and board.programme, back=("/programme", "Programme"),
    )  # fmt: skip


def ground_of(one: Coverage) -> str:
    """Why to ask about a promise again, in words."""
    return ground(one.ground)


def _themes(board: Board) -> dict[str, str]:
    return {one.id: one.title for one in board.plan.objectives} if board.plan else {}


def _grouped(board: Board, rows: Iterable[Coverage]) -> list[tuple[str, list[Coverage]]]:
    found: dict[str, list[Coverage]] = {}
    for one in rows:
        found.setdefault(one.theme, []).append(one)
    return [(board.theme(theme), some) for theme, some in found.items()]


def _sentence(rows: Sequence[Coverage]) -> str:
    """The state of the whole plan in one sentence."""
    asked = sum(1 for one in rows if one.times)
    counts = Counter(one.ground for one in rows)
    said = f"{asked} of {plural(len(rows), 'promise')} have been asked about."
    pressing = ", ".join(f"{counts[name]} {GROUNDS[name].lower()}" for name in AGAIN if counts[name])
    return (
        f"{said} To ask about again: {pressing}." if pressing else f"{said} None has to be asked again now."
    )


def _map(board: Board, rows: Sequence[Coverage]) -> Markup:
    themes = (
        Theme(title, tuple(_square(one) for one in rows if one.theme == theme))
        for theme, title in _themes(board).items()
    )
    return squares(themes, TONES, "Every promise of the plan and what was asked about it", planned=True)


def _square(one: Coverage) -> Square:
    last = f", last in {one.last} on {day(one.last_on)}" if one.last and one.last_on else ""
    asked = f"asked about {times(one.times)}{last}" if one.times else "never asked about"
    judged = f"; {ASSURANCE[one.judgement].lower()} in {one.judged_in}" if one.judgement else ""
    planned = f"; planned in {one.planned}" if one.planned else ""
    said = f"{one.commitment}: {asked}{judged}{planned}. {one.text}"
    number = one.commitment.rpartition("-")[2]
    return Square(number, one.ground or NONE, said, planned=one.planned is not None)
