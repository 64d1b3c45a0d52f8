"""What was typed in the room, handed to the desk under its own key; and what is said back, in words."""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from starlette.requests import Request

from engine.meetings import coming
from rules.acting.authority import ACTS, MAY, titles
from schemas.events import QuestionAsked
from schemas.outcomes import Receipt
from schemas.people import Person
from schemas.sittings import Jotting
from web.acting.doing import GENERAL, Again, Done, Look, Waiting, act
from web.acting.meeting_acts import Became, carry_out
from web.door.rooms import rooms
from web.forms.fields import Typed
from web.forms.posted import Posted
from web.pages.acts import UNCHANGED
from web.pages.meetings import scene_of_meeting
from web.showing import history
from web.sitting.entries import HERE, MOST_NOTE, NOTE, PREFIX, bare, form_of
from web.sitting.place import Item, Part, Place, scene_at
from web.sitting.standing import stands_already

KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")
State = Literal["done", "refused", "waiting", "standing"]
STATUS: dict[State, int] = {"done": 200, "refused": 422, "waiting": 202, "standing": 409}


@dataclass(frozen=True)
class Said:
    """What became of one entry. `standing` means that another has recorded the same already."""

    state: State
    message: str = ""
    errors: dict[str, str] = field(default_factory=dict)


async def record(request: Request, place: Place, person: Person, back: Posted) -> Said:
    """Record one entry, once for its key."""
    typed, kind = back.typed, back.typed.one("kind")
    item = place.item(typed.one("item"))
    if refused := _not_to_be_sent(typed, person, kind, item):
        return refused
    assert item is not None
    if kind == HERE:
        return await _move_to(request, place, item, person)
    if kind == NOTE:
        return await _jot(request, place, item, person, typed)
    if kind == "RecordAttendance" and place.meeting:
        return await _everywhere(request, place, person, back)
    scene = await scene_at(request, person, item)
    posted = Posted(bare(kind, typed))
    if not typed.one("anyway") and (by := await stands_already(request, item, kind, posted, person)):
        return Said("standing", by)
    said = _said(kind, await act(request, form_of(kind, item), scene, posted))
    answer = posted.typed.one("answer").strip()
    if kind == "AskQuestion" and said.state == "done" and answer:
        return await _answered(request, person, item, posted, answer)
    return said


def _not_to_be_sent(typed: Typed, person: Person, kind: str, item: Item | None) -> Said | None:
    """A refusal of what is not this person's, or not of this room."""
    if typed.one("person") != person.id:
        message = "This was typed by somebody else on this device. Only they can send it: sign in as them."
        return _refuse(message)
    if kind not in (HERE, NOTE, *PREFIX) or item is None or not KEY.fullmatch(typed.one("key")):
        return _refuse("This does not belong to an item of this agenda. Load the page again and choose one.")
    if kind in MAY and person.role not in MAY[kind]:
        role = person.role.value.replace("_", " ")
        return _refuse(f"As {role} you may not {ACTS[kind]}. Ask the {titles(MAY[kind])}.")
    return None


async def _move_to(request: Request, place: Place, item: Item, person: Person) -> Said:
    keeps = rooms(request).sittings
    if keeps:
        await keeps.keep_under_way(place.name, item.number, person.id)
    return Said("done", f"Item {item.number} is under way")


async def _jot(request: Request, place: Place, item: Item, person: Person, typed: Typed) -> Said:
    words, keeps = typed.one("note-words").strip().replace("\x00", ""), rooms(request).sittings
    if not words:
        return _refuse("Enter the note", "note-words")
    if len(words) > MOST_NOTE:
        return _refuse(f"A note has at most {MOST_NOTE:,} characters. Divide it into two.", "note-words")
    if keeps:
        now = rooms(request).now()
        one = Jotting(cycle=item.part.cycle, item=item.number, by=person.id, at=now, words=words)
        await keeps.keep_jotting(typed.one("key"), place.name, one)
    return Said("done", "Note kept")


async def _everywhere(request: Request, place: Place, person: Person, back: Posted) -> Said:
    """Who is here, in every cycle on the meeting."""
    assert place.meeting
    scene = await scene_of_meeting(request, person, place.meeting)
    parts = coming([one.page.cycle for one in place.parts], place.meeting)
    posted = Posted(bare("RecordAttendance", back.typed))
    done = await carry_out(
        request,
        form_of("RecordAttendance", place.items[0]),
        scene,
        posted,
        meeting=place.meeting,
        parts=parts,
    )
    if not isinstance(done, Became):
        return _said("RecordAttendance", done if isinstance(done, Again) else Again({}))
    left = [one for one in done.parts if not one.done]
    if left:
        return Said("waiting", f"{left[0].part.cycle}: {getattr(left[0].outcome, 'message', '')}")
    return Said("done", f"Who is here: recorded in {len(done.parts)} cycles")


async def _answered(request: Request, person: Person, item: Item, asked: Posted, answer: str) -> Said:
    """The answer that was typed with its question, under a key that follows from the question's."""
    reads, part = rooms(request).reads, item.part
    written = await reads.written(part.cycle, asked.key)
    number = next((one.event.question for one in written if isinstance(one.event, QuestionAsked)), None)
    page = await reads.cycle(part.cycle)
    session = page.cycle.session(part.session.number) if page else None
    if page is None or session is None or number is None:
        return Said("waiting", "The question is recorded, and its answer not yet. It is sent again.")
    typed = {
        "session": [str(session.number)], "question": [str(number)], "answer": [answer],
        "by": [asked.typed.one("by")], "key": [f"{asked.key}:answer"],
    }  # fmt: skip
    scene = await scene_at(request, person, replace(item, part=Part(page, session)))
    said = _said(
        "AskQuestion", await act(request, form_of("RecordAnswer", item), scene, Posted(Typed(typed)))
    )
    return replace(said, message="Question and answer recorded") if said.state == "done" else said


def _said(kind: str, done: Done) -> Said:
    """An outcome in words; errors under the names that the fields have in the room."""
    if isinstance(done, Receipt):
        return Said("done", "; ".join(history.title(one) for one in done.happened) or UNCHANGED)
    if isinstance(done, Waiting):
        return Said("waiting", done.message)
    if isinstance(done, Look):
        return _refuse("This has to be looked at first. Use the form on the page of the session.")
    errors = {_named(kind, name): message for name, message in done.errors.items()}
    return Said("refused", next(iter(errors.values()), ""), errors)


def _named(kind: str, name: str) -> str:
    return GENERAL if name in (GENERAL, "session", "request") else f"{PREFIX[kind]}-{name}"


def _refuse(message: str, name: str = GENERAL) -> Said:
    return Said("refused", message, {name: message})
