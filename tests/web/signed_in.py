"""What tests of who is signed in share: the sessions behind the pages, and a directory that changes."""

from datetime import date

import httpx
import pytest

from reference.catalogue import demonstration_people
from schemas.people import Appointment, Person, Role
from schemas.signed_in import Session
from tests.web.house import OFFICE, Browser, House
from tests.web.memory import MemoryReads
from tests.web.session_memory import MemorySessions

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}
ACTING = Appointment(role=Role.ACTING_COMMISSIONER, from_on=date(2026, 6, 1), to_on=date(2026, 11, 23))
OWN = Appointment(role=Role.POLICY_OFFICER, from_on=date(2025, 1, 6))


def kept(house: House) -> MemorySessions:
    """The sessions behind the pages."""
    found = house.rooms.sessions
    assert isinstance(found, MemorySessions)
    return found


def only(house: House) -> Session:
    """The one session that there is."""
    (found,) = kept(house).kept.values()
    return found


def held(monkeypatch: pytest.MonkeyPatch, person: str, *appointments: Appointment) -> None:
    """Let the directory say that somebody holds these appointments."""

    async def people(_reads: MemoryReads) -> dict[str, Person]:
        them = dict(demonstration_people())
        them[person] = them[person].model_copy(update={"appointments": appointments})
        return them

    monkeypatch.setattr(MemoryReads, "people", people)


async def second(house: House) -> Browser:
    """Another browser at the same door."""
    transport = httpx.ASGITransport(house.app)
    return Browser(transport=transport, base_url=OFFICE.public_url, headers=FIREFOX)
