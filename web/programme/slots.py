"""One cycle to come: what is planned, why it could not be opened, its history; put in, changed, taken out."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from rules.programme.verdict import waiting_slot
from rules.programme.years import label, year_of
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.programme import Slot
from schemas.shape import Words
from web.acting.doing import Again
from web.door.identity import require
from web.door.rooms import rooms
from web.forms.fields import Typed, Values, read
from web.forms.form import Form, reason
from web.forms.posted import FormBack, Posted
from web.programme.acting import FIRST, Act, answer, marked, show_form, stale
from web.programme.board import DROPPERS, PLANNERS, READERS, Board, board_of, slot_board
from web.programme.history import history_of
from web.programme.planning import kinds_of
from web.programme.sheet import Sheet, act_of, head_of, show_sheet
from web.programme.slot_form import draft_from, read_slot, typed_of
from web.programme.views import line, why_not
from web.programme.wording import address
from web.showing.page import render

router = APIRouter(prefix="/programme/slots", include_in_schema=False)
Reader = Annotated[Person, Depends(require(*READERS))]
Planner = Annotated[Person, Depends(require(*PLANNERS))]
Dropper = Annotated[Person, Depends(require(*DROPPERS))]
NEW = Sheet("Put in one cycle", "Put it in", ("/programme", "Programme"))
DROP = Form(
    "DropSlot", "Take it out of the programme", "Take it out", grave=True,
    intro="It is not opened. What was planned stays on the record, and its number is not given again.",
)  # fmt: skip
CHANGED = (
    "Somebody else has planned {number} differently since this page was made. "
    "Look at it as it stands now; send yours again if it is still right."
)


@router.get("/new")
async def fresh(request: Request, person: Planner) -> Response:
    """The form for one more cycle."""
    return await show_sheet(act_of(request, await board_of(request), person), NEW, FIRST, Typed())


@router.post("/new")
async def put_in(request: Request, person: Planner, back: FormBack) -> Response:
    """Put one more cycle in, into the year of its session."""
    act, words = act_of(request, await board_of(request), person, back.key), Words()
    if back.typed.one("more"):
        return await show_sheet(act, NEW, FIRST, back.typed)
    reading = read_slot(act.board, person, await head_of(act, NEW), back.typed)
    if reading.errors:
        return await show_sheet(act, NEW, Again(reading.errors), back.typed)
    draft = draft_from(act.board, reading.values, words)
    command = act.command("ProposeSlots", year=year_for(reading.values), slots=(draft,))
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return await show_sheet(act, NEW, outcome, back.typed)
    number = next(iter(getattr(outcome, "slots", ())), "")
    return answer(request, back, outcome, f"{number} is in the programme", address(number) if number else "")


def year_for(values: Values) -> int:
    """The programme year of a cycle: that of its session, or of its opening where it has none."""
    return year_of(values["starts_on"] or values["opens_on"])


@router.get("/{year}/{place}")
async def one(request: Request, year: int, place: int, person: Reader) -> Response:
    """One cycle to come, or what became of it."""
    board, slot = await slot_board(request, year, place)
    here = rooms(request)
    return render(
        request, "programme/slot.html", title=f"{slot.number}: {board.say(slot.draft.title)}", slot=slot,
        line=line(board, slot, person.role), board=board, label=label(slot.year),
        kinds={one.value: one.text for one in await kinds_of(board, here)},
        off=why_not(board, slot) if board.on_holiday(slot) else "",
        history=await history_of(here.reads, board, slot.number), may_change=person.role in PLANNERS,
        proposal=board.programme.proposal(slot.proposal) if board.programme and slot.proposal else None,
        back=(f"/programme?year={slot.year}", f"Programme {label(slot.year)}"),
    )  # fmt: skip


@router.get("/{year}/{place}/change")
async def ask_change(request: Request, year: int, place: int, person: Planner) -> Response:
    """The form, with what is planned."""
    board, slot = await slot_board(request, year, place)
    begun = _seen(typed_of(board, slot.draft), slot)
    act = act_of(request, board, person)
    return await show_sheet(act, _sheet(slot), _waits(board, slot) or FIRST, begun)


@router.post("/{year}/{place}/change")
async def change(request: Request, year: int, place: int, person: Planner, back: FormBack) -> Response:
    """Plan it differently, unless somebody else has meanwhile."""
    board, slot = await slot_board(request, year, place)
    act, words, sheet = act_of(request, board, person, back.key), Words(), _sheet(slot)
    if back.typed.one("more"):
        return await show_sheet(act, sheet, FIRST, back.typed)
    reading = read_slot(board, person, await head_of(act, sheet), back.typed)
    if reading.errors:
        return await show_sheet(act, sheet, Again(reading.errors), back.typed)
    if again := await _moved_on(act, slot, back):
        return await show_sheet(act, sheet, again, _seen(back.typed, slot))
    draft = draft_from(board, reading.values, words, slot.draft)
    command = act.command("ChangeSlot", slot=slot.number, draft=draft)
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return await show_sheet(act, sheet, outcome, back.typed)
    happened = getattr(outcome, "happened", ())
    said = f"{slot.number} is planned differently" if happened else "Nothing had to change"
    return answer(request, back, outcome, said, address(slot.number))


def _sheet(slot: Slot) -> Sheet:
    return Sheet(f"Change {slot.number}", "Save", (address(slot.number), slot.number), slot)


@router.get("/{year}/{place}/drop")
async def ask_drop(request: Request, year: int, place: int, person: Dropper) -> Response:
    """Why is it taken out?"""
    del person
    board, slot = await slot_board(request, year, place)
    return _drop(request, board, slot, _waits(board, slot) or FIRST, Typed())


@router.post("/{year}/{place}/drop")
async def drop(request: Request, year: int, place: int, person: Dropper, back: FormBack) -> Response:
    """Take it out."""
    board, slot = await slot_board(request, year, place)
    reading = read((reason("Why is it taken out?"),), back.typed)
    if reading.errors:
        return _drop(request, board, slot, Again(reading.errors), back.typed)
    act, words = Act(request, board, person, back.key, {"slot": "form"}), Words()
    command = act.command("DropSlot", slot=slot.number, reason=words.ref(reading.values["reason"]))
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return _drop(request, board, slot, outcome, back.typed)
    said = f"{slot.number} is taken out of the programme"
    return answer(request, back, outcome, said, f"/programme?year={slot.year}")


def _waits(board: Board, slot: Slot) -> Again | None:
    """What to say where a slot was opened or taken out and can no longer be changed."""
    assert board.programme is not None
    found = waiting_slot(board.programme, slot.number)
    return Again({"form": found.message}, status=409, stale=True) if isinstance(found, Refused) else None


async def _moved_on(act: Act, slot: Slot, back: Posted) -> Again | None:
    """What to say where a slot is no longer as the form showed it; nothing for a second press."""
    if back.typed.one("shown") in ("", marked(slot)) or await act.answered():
        return None
    return _waits(act.board, slot) or stale(CHANGED.format(number=slot.number))


def _seen(typed: Typed, slot: Slot) -> Typed:
    """The same typed, with the mark of what stands now: sent again, it is meant."""
    return Typed({**typed.said, "shown": [marked(slot)]})


def _drop(request: Request, board: Board, slot: Slot, again: Again, typed: Typed) -> Response:
    return show_form(
        request, DROP, (reason("Why is it taken out?"),), again, typed,
        caption=f"{slot.number}: {board.say(slot.draft.title)}", back=(address(slot.number), slot.number),
    )  # fmt: skip
