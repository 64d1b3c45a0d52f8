"""The office's settings: what is set and from where, what is kept how long, and how the system is."""

import shutil
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from engine.well import EngineWell
from rules.acting.directory import MAY_KEEP
from rules.publishing.following import KEPT_UNCONFIRMED, QUESTIONS_KEPT
from schemas.people import Person
from web.door.identity import require
from web.door.rooms import Rooms, rooms
from web.showing.menu import Place, open_to
from web.showing.page import doors_of, render

router = APIRouter(prefix="/settings", include_in_schema=False)
Keeper = Annotated[Person, Depends(require(*MAY_KEEP))]
PLACES = (
    Place(
        "People and roles", "/settings/people", "Who can act and be asked, in which role, from when to when."
    ),
    Place(
        "Organisation", "/settings/organisation", "Name, colour, words and languages, and where each is set."
    ),
    Place(
        "Kinds of cycle",
        "/settings/standards",
        "Their days, hours and reminders: what they are, and changing them.",
    ),
    Place("Days of notice", "/deadlines/calculator", "How many working days each step has, and why."),
    Place(
        "Who did what", "/settings/record", "Search every act on record: cycles, programme, access, people."
    ),
    Place(
        "How the system is", "/settings/health", "Workers, what waits, what is late, mail, files and disk."
    ),
    Place(
        "What is kept how long",
        "/settings/retention",
        "Every kind of thing that is kept here, and until when.",
    ),
    Place("Letters", "/settings/letters", "The words of every mail."),
    Place("Tokens", "/settings/tokens", "Programs that may come in."),
    Place("Who takes over", "/office/successions", "Changes of office holder, force, panel or body."),
    Place("Access", "/office/access", "Which cycles are restricted, and who opened one and why."),
)
FEW = 0.1
"""The share of a disk that has to be free."""


@dataclass(frozen=True)
class Fact:
    """One thing about how the system is: how it stands, whether that is well, and what to do where not."""

    what: str
    said: str
    well: bool
    then: str = ""


@router.get("")
async def hub(request: Request, person: Keeper) -> Response:
    """Where everything that an office sets is."""
    doors = doors_of(request)
    found = [one for one in PLACES if open_to(person, one.href, doors)]
    return render(request, "settings/hub.html", title="Settings", places=found)


@router.get("/organisation")
async def organisation(request: Request, _person: Keeper) -> Response:
    """What is set, and from where."""
    here = rooms(request)
    return render(
        request, "settings/organisation.html", title="Organisation", told=here.told, codes=here.languages,
        titles=here.governing.words, back=("/settings", "Settings"),
    )  # fmt: skip


@router.get("/retention")
async def retention(request: Request, _person: Keeper) -> Response:
    """What is kept, and until when."""
    return render(
        request, "settings/retention.html", title="What is kept how long", limits=rooms(request).limits,
        unconfirmed_days=KEPT_UNCONFIRMED.days, question_days=QUESTIONS_KEPT.days,
        back=("/settings", "Settings"),
    )  # fmt: skip


@router.get("/health")
async def health(request: Request, _person: Keeper) -> Response:
    """Whether everything runs, and what to do where it does not."""
    here = rooms(request)
    facts = [*await _of_engine(here), *await _of_store(here), _of_disk(here)]
    return render(
        request, "settings/health.html", title="How the system is", facts=facts,
        wrong=[one for one in facts if not one.well], back=("/settings", "Settings"),
    )  # fmt: skip


async def _of_engine(here: Rooms) -> list[Fact]:
    found = await here.engine_well() if here.engine_well else EngineWell(answers=False)
    if not found.answers:
        return [Fact("Engine", "It does not answer", False,
                     "Nothing is lost. Ask whoever runs the system to start Temporal.")]  # fmt: skip
    return [
        Fact("Engine", "It answers", True),
        Fact("Workers", f"{found.workers} at work", found.workers > 0,
             "Reminders and acts wait until one runs. Ask whoever runs the system to start a worker."),
        Fact("Tasks that wait for a worker", str(found.waiting), found.waiting < MANY,
             "Ask whoever runs the system to start another worker."),
    ]  # fmt: skip


MANY = 500
"""Tasks: more than a worker takes in a minute."""


async def _of_store(here: Rooms) -> list[Fact]:
    now = await here.reads.standing_now(here.now())
    return [
        Fact("Cycles under way", str(now.cycles_under_way), True),
        Fact("Acts on record", f"{now.acts:,}", True),
        Fact("Due and not done", str(now.late), now.late == 0, "See the deadlines: each says whose it is."),
        Fact("Mails handed over, not yet confirmed, in seven days", str(now.mails_under_way), True),
        Fact("Mails that came back in seven days", str(now.mails_bounced), now.mails_bounced == 0,
             "Put the address right under People and roles, and send the mail again."),
        Fact("Files that wait for the virus scanner", str(now.files_waiting), now.files_waiting == 0,
             "They stay closed until then. Ask whoever runs the system whether the scanner runs."),
    ]  # fmt: skip


def _of_disk(here: Rooms) -> Fact:
    try:
        disk = shutil.disk_usage(here.home if here.home.exists() else here.home.absolute().anchor)
    except OSError:
        return Fact(
            "Disk of this machine", "It cannot be asked", False, "Ask whoever runs the system to look."
        )
    free = disk.free / disk.total
    return Fact(
        "Disk of this machine", f"{free:.0%} free", free >= FEW, "Ask whoever runs the system to make room."
    )
