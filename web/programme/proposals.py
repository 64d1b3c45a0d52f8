"""What outside events propose: each waits for an officer, who makes a cycle of it or says why not."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.catalogue import standards
from rules.clocks import civil, london
from rules.programme.soonest import soonest
from rules.programme.years import label, year_of
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.programme import Proposal
from schemas.shape import Words
from schemas.standards import Standards
from web.acting.doing import Again
from web.door.identity import require
from web.door.rooms import Rooms, rooms
from web.forms.fields import Field, Option, Typed, read
from web.forms.form import Form, reason
from web.forms.posted import FormBack
from web.programme.acting import FIRST, Act, answer, show_form
from web.programme.board import PLANNERS, READERS, Board, board_of
from web.programme.sheet import Sheet, act_of, head_of, show_sheet
from web.programme.slot_form import draft_from, read_slot
from web.programme.suggested import day_boxes
from web.programme.wording import address
from web.showing.page import render

router = APIRouter(prefix="/programme/proposals", include_in_schema=False)
Reader = Annotated[Person, Depends(require(*READERS))]
Planner = Annotated[Person, Depends(require(*PLANNERS))]
DECLINE = Form("DeclineProposal", "Decline the proposal", "Decline it")
WHY = (reason("Why is it declined?"),)
BACK = ("/programme/proposals", "Proposals")
ORDER = ("waiting", "accepted", "declined")


@dataclass(frozen=True)
class Shown:
    """One proposal in words, with the address of the event that it came from."""

    proposal: Proposal
    title: str
    because: str
    question: str
    event: str
    slot: str


@router.get("")
async def listed(request: Request, person: Reader) -> Response:
    """Those that wait first, then the newest."""
    board = await board_of(request)
    every = sorted(
        board.programme.proposals if board.programme else (),
        key=lambda one: (ORDER.index(one.state) > 0, -one.number),
    )
    return render(
        request, "programme/proposals.html", title="Proposals", board=board, may=person.role in PLANNERS,
        proposals=[_shown(board, one) for one in every], back=("/programme", "Programme"),
    )  # fmt: skip


def _shown(board: Board, one: Proposal) -> Shown:
    source, _, event = one.event.rpartition("#")
    return Shown(
        proposal=one,
        title=board.say(one.title),
        because=board.say(one.because),
        question=board.say(one.question),
        event=f"/outside/event?{urlencode({'source': source, 'id': event})}",
        slot=address(one.slot) if one.slot else "",
    )


@router.get("/{number}/accept")
async def ask_accept(request: Request, number: int, person: Planner) -> Response:
    """The form, with what is proposed and the soonest days."""
    board, proposal = await _one(request, number)
    typed = _begun(board, await _kinds(board, rooms(request)), proposal, person)
    act = act_of(request, board, person)
    return await show_sheet(act, _sheet(board, proposal), _settled(proposal) or FIRST, typed)


@router.post("/{number}/accept")
async def accept(request: Request, number: int, person: Planner, back: FormBack) -> Response:
    """Make a cycle to come of it."""
    board, proposal = await _one(request, number)
    act, words, sheet = act_of(request, board, person, back.key), Words(), _sheet(board, proposal)
    if back.typed.one("more"):
        return await show_sheet(act, sheet, FIRST, back.typed)
    reading = read_slot(board, person, await head_of(act, sheet), back.typed)
    if reading.errors:
        return await show_sheet(act, sheet, Again(reading.errors), back.typed)
    draft = draft_from(board, reading.values, words)
    year = int(reading.values["year"])
    command = act.command("AcceptProposal", proposal=number, year=year, draft=draft)
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return await show_sheet(act, sheet, outcome, back.typed)
    slot = next(iter(getattr(outcome, "slots", ())), "")
    adopted = "SlotAdopted" in getattr(outcome, "happened", ())
    then = "it opens on its day" if adopted else "the Commissioner adopts it"
    return answer(
        request, back, outcome, f"{slot} is in the programme: {then}", address(slot) if slot else ""
    )


@router.get("/{number}/decline")
async def ask_decline(request: Request, number: int, person: Planner) -> Response:
    """Why not?"""
    del person
    board, proposal = await _one(request, number)
    return _decline(request, board, proposal, _settled(proposal) or FIRST, Typed())


@router.post("/{number}/decline")
async def decline(request: Request, number: int, person: Planner, back: FormBack) -> Response:
    """Set it aside, with the reason."""
    board, proposal = await _one(request, number)
    reading = read(WHY, back.typed)
    if reading.errors:
        return _decline(request, board, proposal, Again(reading.errors), back.typed)
    act, words = Act(request, board, person, back.key, {"proposal": "form"}), Words()
    command = act.command("DeclineProposal", proposal=number, reason=words.ref(reading.values["reason"]))
    outcome = command if isinstance(command, Again) else await act.send(command, words)
    if isinstance(outcome, Again):
        return _decline(request, board, proposal, outcome, back.typed)
    return answer(request, back, outcome, f"Proposal {number} is declined", "/programme/proposals")


async def _one(request: Request, number: int) -> tuple[Board, Proposal]:
    board = await board_of(request)
    proposal = board.programme.proposal(number) if board.programme else None
    if proposal is None:
        raise HTTPException(404)
    return board, proposal


def _settled(proposal: Proposal) -> Again | None:
    """What to say where somebody has decided already."""
    if proposal.state == "waiting":
        return None
    became = f"accepted as {proposal.slot}" if proposal.slot else "declined"
    return Again({"form": f"Proposal {proposal.number} was {became} already."}, status=409, stale=True)


async def _kinds(board: Board, here: Rooms) -> dict[str, Standards]:
    own = await here.reads.standards(board.plan.body if board.plan else here.body)
    return {**standards(), **own}


def _begun(board: Board, kinds: dict[str, Standards], proposal: Proposal, person: Person) -> Typed:
    """What the form begins with: what was proposed, the soonest days, and the officer who looks at it."""
    said: dict[str, list[str]] = {
        "title": [board.say(proposal.title)],
        "question": [board.say(proposal.question)],
        "because": [board.say(proposal.because)],
        "cycle_kind": [proposal.cycle_kind],
        "commitments": list(proposal.commitments),
        "officer": [person.id],
        "forum": ["holding_to_account"],
        "rows": ["1"],
        "r1_form": ["report"],
        "r1_due-kind": ["before_session"],
        "r1_due-before_session": ["5"],
    }
    known = kinds.get(proposal.cycle_kind)
    days = soonest(known, board.calendar, board.today) if known and board.calendar else None
    if days is None or isinstance(days, Refused):
        return Typed({**said, "year": [str(board.year)]})
    opens_on, held_at = days
    boxes = {**day_boxes("opens_on", opens_on), **day_boxes("starts_on", civil(held_at))}
    boxes |= {"starts_hour": f"{london(held_at):%H:%M}", "year": str(year_of(civil(held_at)))}
    return Typed({**said, **{name: [value] for name, value in boxes.items()}})


def _sheet(board: Board, proposal: Proposal) -> Sheet:
    years = tuple(Option(str(one), label(one)) for one in board.plannable)
    year = Field("year", "In which year's programme?", "choose", options=years, missing="Choose the year")
    return Sheet(
        f"Accept proposal {proposal.number}",
        "Accept it",
        BACK,
        about=board.say(proposal.because),
        first=(year,),
    )


def _decline(request: Request, board: Board, proposal: Proposal, again: Again, typed: Typed) -> Response:
    caption = f"Proposal {proposal.number}: {board.say(proposal.title)}"
    return show_form(request, DECLINE, WHY, again, typed, caption=caption, back=BACK)
