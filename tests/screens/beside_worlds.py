"""Offices with what stands beside cycles: closed rows of an old tracker, questions, papers, reminders."""

from dataclasses import replace
from datetime import date, timedelta

from schemas.evidence import FileItem
from schemas.following import PublicQuestion
from schemas.trackers import KeptOver, Over
from tests import scenario as s
from tests.rules import session_acts as do
from tests.rules.raising_acts import remind
from tests.screens.worlds import LETTER, LONG, busy, do_all
from tests.web.house import NOW, House
from tests.web_public.followers_stub import MemoryFollowers


async def closed_before(house: House) -> None:
    """Sixty rows of an old tracker that were over when it was brought in, one of long words."""
    for number in range(60):
        what = f"Publish table {number}" if number else LONG
        on = date(2025, 2, 1) + timedelta(days=number) if number % 2 else None
        said, notes = f"{on}" if on else "in spring", "Latest update: seen at the board"
        over = Over(
            number + 4, what, "Discharged", "Supt A. Nobody", f"2024/{number:02d}", "1/2/2025", said, on,
            notes, f"{number:064d}",
        )  # fmt: skip
        house.memory.closed[over.mark] = KeptOver(
            over, "Tracker 2024-25.xlsx", "Live actions", "a" * 64, "policy-officer", NOW
        )


async def reminded(house: House) -> None:
    """A reminder of the second request was sent by hand today."""
    await busy(house)
    await do_all(house, remind(request=2))


async def public_asks(house: House) -> None:
    """The public asks for a meeting in two days, and for one that was held."""
    await busy(house)
    kept = MemoryFollowers(officers=("policy-officer",))
    for number, days in enumerate((2, 2, -1)):
        held_at = NOW + timedelta(days=days)
        kept.asked[f"{number}"] = PublicQuestion(
            key=f"{number}", meeting=f"mtg-2026-{held_at.day:02d}", held_at=held_at, question="Why?",
            asked_at=NOW - timedelta(days=3),
        )  # fmt: skip
    house.app.state.rooms = replace(house.rooms, followers=kept)


async def closed_paper(house: House) -> None:
    """A paper for a meeting that is not held in public."""
    await busy(house)
    paper = FileItem(digest=LETTER, size=9, media_type="application/pdf", name=s.say("Paper.pdf"))
    await do_all(house, do.fix(NOW + timedelta(days=21), "governance_board"), do.papers(2, papers=(paper,)))
