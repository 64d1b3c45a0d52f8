"""Moving cycles to come in bulk: which and how far, before and after, then all at once with a reason."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from rules.programme.moving import off_holidays, shifted
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.programme import Slot
from schemas.programme.commands import SlotMove
from schemas.shape import Words
from web.acting.doing import Again
from web.door.identity import require
from web.forms.fields import Field, Option, Typed, Values, read
from web.forms.form import reason
from web.forms.posted import FormBack, Posted, fresh_key
from web.programme.acting import FIRST, Act, answer, stale
from web.programme.board import MOVERS, Board, board_of
from web.showing.page import render
from web.showing.words import plural

router = APIRouter(prefix="/programme/move", include_in_schema=False)
Mover = Annotated[Person, Depends(require(*MOVERS))]
Word = Annotated[str, Query(max_length=64)]
Some = Annotated[list[str], Query(max_length=100)]
MOST_DAYS = 260
ALIASES = {"slot": "form", "opens_on": "form", "session_at": "form", "moves": "form", "commitments": "form"}
CHANGED = (
    "Some of these cycles were moved, opened or taken out since this was shown. Here is how it stands now."
)
REASON = reason("Why are they moved?")


@dataclass(frozen=True)
class Moved:
    """One cycle with its days before and after."""

    number: str
    title: str
    opens_before: date
    opens_after: date
    held_before: object
    held_after: object


@router.get("")
async def ask(
    request: Request, person: Mover, year: int = 0, how: Word = "", slots: Some | None = None
) -> Response:
    """Which cycles, and how far?"""
    del person
    board = await board_of(request)
    known = [one.number for one in movable(board)]
    chosen = [one for one in slots or () if one in known] or [
        one.number for one in movable(board) if one.year == (year or board.year)
    ]
    said = {"slots": chosen, "how": [how if how in ("holidays", "days") else "days"], "days": ["5"]}
    return _ask(request, board, FIRST, Typed({**said, "way": ["later"]}))


@router.post("")
async def move(request: Request, person: Mover, back: FormBack) -> Response:
    """Show before and after; then, with a reason, move them all in one act."""
    board = await board_of(request)
    typed = back.typed
    if typed.one("change"):
        return _ask(request, board, FIRST, typed)
    act = Act(request, board, person, back.key, ALIASES)
    if typed.one("seen"):
        return await _confirmed(act, back)
    reading = read(_fields(board), typed)
    errors = {**reading.errors, **_count_error(reading.values)}
    if errors:
        return _ask(request, board, Again(errors), typed)
    moves = _moves(board, reading.values)
    if isinstance(moves, Refused):
        return _ask(request, board, act.refused(moves), typed)
    return await _look(act, moves, typed)


async def _look(act: Act, moves: tuple[SlotMove, ...], typed: Typed, again: Again = FIRST) -> Response:
    """Before and after for each; what would clash is said before anybody can go on."""
    board = act.board
    if not moves:
        return _ask(act.request, board, Again({"how": "None of these has to move."}), typed)
    command = act.command("MoveSlots", moves=moves, reason=Words().ref(" "))
    ahead = command if isinstance(command, Again) else await act.preview(command)
    clash = next(iter(ahead.errors.values()), "") if isinstance(ahead, Again) else ""
    return render(
        act.request, "programme/moved.html", again.status, title="Check what moves", typed=typed,
        moved=[_moved(board, one) for one in moves], clash=clash, errors=again.errors, stale=again.stale,
        carried=[_written(board, one) for one in moves], fields=(REASON,), reason=REASON,
        key=typed.one("key") or fresh_key(), back=("/programme", "Programme"),
    )  # fmt: skip


async def _confirmed(act: Act, back: Posted) -> Response:
    """What was shown is what is done; where the record has moved on, it is shown again."""
    board, typed = act.board, back.typed
    try:
        moves = tuple(_read(one) for one in typed.all("move"))
    except (ValidationError, ValueError):
        moves = ()
    if not moves or any(_slot(board, one) is None for one in moves):
        return _ask(act.request, board, Again({"form": "Look at what moves once more, then move it."}), typed)
    reading = read((REASON,), typed)
    if reading.errors:
        return await _look(act, moves, typed, Again(reading.errors))
    if not await act.answered() and [_written(board, one) for one in moves] != list(typed.all("move")):
        return await _again(act, typed)
    words = Words()
    command = act.command("MoveSlots", moves=moves, reason=words.ref(reading.values["reason"]))
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return await _look(act, moves, typed, outcome)
    said = f"{plural(len(moves), 'cycle')} moved"
    return answer(act.request, back, outcome, said, f"/programme?year={moves[0].slot[:4]}")


async def _again(act: Act, typed: Typed) -> Response:
    """The same move worked out afresh from what stands now."""
    known = {one.number for one in movable(act.board)}
    said = {**typed.said, "slots": [one for one in typed.all("slots") if one in known]}
    reading = read(_fields(act.board), Typed(said))
    if reading.errors or _count_error(reading.values):
        return _ask(act.request, act.board, stale(CHANGED), Typed(said))
    moves = _moves(act.board, reading.values)
    if isinstance(moves, Refused) or not moves:
        return _ask(act.request, act.board, stale(CHANGED), Typed(said))
    return await _look(act, moves, Typed(said), stale(CHANGED))


def movable(board: Board) -> list[Slot]:
    """The cycles that are still to be opened, by their days."""
    return sorted(
        (one for one in board.slots if one.waiting), key=lambda one: (one.draft.opens_on, one.number)
    )


def _fields(board: Board) -> tuple[Field, ...]:
    slots = tuple(
        Option(
            one.number, f"{one.number}: {board.say(one.draft.title)}, opens {one.draft.opens_on:%-d %B %Y}"
        )
        for one in movable(board)
    )
    ways = (Option("days", "By working days"), Option("holidays", "Off the bank holidays"))
    return (
        Field("slots", "Which cycles?", "many", options=slots, missing="Choose at least one cycle"),
        Field(
            "how",
            "How?",
            "one",
            options=ways,
            missing="Choose how they move",
            hint="Off the bank holidays: each that opens or is heard on a day on which nobody works "
            "goes to the next working day. The others stay.",
        ),
        Field("days", "By how many working days?", optional=True, hint="Opening and session move alike."),
        Field(
            "way",
            "In which direction?",
            "one",
            options=(Option("later", "Later"), Option("earlier", "Earlier")),
            optional=True,
        ),
    )


def _count_error(values: Values) -> dict[str, str]:
    if values.get("how") != "days" or "days" not in values:
        return {}
    said = values["days"]
    good = said.isdecimal() and 1 <= int(said) <= MOST_DAYS
    return {} if good else {"days": f"Enter a number of working days, 1 to {MOST_DAYS}"}


def _moves(board: Board, values: Values) -> tuple[SlotMove, ...] | Refused:
    slots = [one for one in movable(board) if one.number in values["slots"]]
    if board.calendar is None:
        return ()
    if values["how"] == "holidays":
        return off_holidays(slots, board.calendar)
    return shifted(slots, int(values["days"]) * (-1 if values["way"] == "earlier" else 1), board.calendar)


def _moved(board: Board, move: SlotMove) -> Moved:
    slot = _slot(board, move)
    assert slot is not None
    before = slot.draft
    return Moved(
        number=move.slot,
        title=board.say(before.title),
        opens_before=before.opens_on,
        opens_after=move.opens_on,
        held_before=before.session_at,
        held_after=move.session_at,
    )


def _slot(board: Board, move: SlotMove) -> Slot | None:
    return board.programme.slot(move.slot) if board.programme else None


def _written(board: Board, move: SlotMove) -> str:
    """A move as the form carries it, with the days before, so that a change in between is noticed."""
    slot = _slot(board, move)
    before = f"{slot.draft.opens_on}|{slot.draft.session_at}|{slot.state}" if slot else ""
    held = move.session_at.isoformat() if move.session_at else ""
    return f"{move.slot}|{move.opens_on}|{held}|{before}"


def _read(said: str) -> SlotMove:
    slot, opens_on, held = said.split("|")[:3]
    return SlotMove.model_validate({"slot": slot, "opens_on": opens_on, "session_at": held or None})


def _ask(request: Request, board: Board, again: Again, typed: Typed) -> Response:
    fields = _fields(board)
    return render(
        request, "programme/move.html", again.status, title="Move cycles", fields=fields, typed=typed,
        errors=again.errors, stale=again.stale, key=typed.one("key") or fresh_key(),
        nothing=not movable(board), back=("/programme", "Programme"),
    )  # fmt: skip
