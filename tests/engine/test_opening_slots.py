"""What a cycle is opened with that the programme planned."""

from datetime import UTC, date, datetime
from typing import Any, cast

from engine.slots import SlotOpener
from reference.catalogue import plan
from schemas.commands import OpenCycle
from schemas.inspections import InspectionReport
from schemas.outcomes import Receipt, Refused
from schemas.programme import Programme, Slot, SlotDraft
from schemas.programme.records import Opening
from schemas.programme.rows import ProgrammePage
from tests import programme as p
from tests import scenario as s

OPENS = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


class Around:
    """Everything that stands round the opener: one slot, and what was sent."""

    def __init__(self, draft: SlotDraft) -> None:
        slot = Slot(number="2026/01", draft=draft, state="adopted", proposed_by=s.OFFICER)
        facts: dict[str, Any] = {"reference": p.REF, "version": 1, "opened_at": AT, "changed_at": AT}
        known = {name: said for name, said in facts.items() if name in Programme.model_fields}
        self.page = ProgrammePage(programme=Programme(**known, slots=(slot,)), words={})
        self.sent: list[Any] = []

    async def programme(self, _reference: str) -> ProgrammePage:
        return self.page

    async def plan(self) -> object:
        return plan()

    async def standards(self, _office: str) -> dict[str, object]:
        return {}

    async def successions(self, _office: str | None = None) -> list[object]:
        return []

    async def cycle_reference(self, _key: str, year: int) -> str:
        return f"HTA-{year}-07"

    async def send(self, command: Any, _words: Any = None) -> Receipt | Refused:
        self.sent.append(command)
        return Refused(code="not_today", message="Not today.", source="local.programme")


async def test_a_cycle_opened_by_the_programme_answers_the_report_that_was_planned_with_it() -> None:
    """So that the law's days run from its publication; without a report there is none."""
    report = InspectionReport(published_on=date(2026, 11, 2), title=s.say("Calls, 2026"))
    for said in (report, None):
        around = Around(p.draft(OPENS, cycle_kind="inspection_response", report=said))
        opener = SlotOpener(cast("Any", around), cast("Any", around), cast("Any", around))
        await opener.open_slot(Opening(programme=p.REF, slot="2026/01", planned_at=AT, at=AT))
        command = around.sent[0]
        assert isinstance(command, OpenCycle)
        assert command.report == said
