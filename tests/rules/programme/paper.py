"""A programme on paper: commands are checked, decided and applied in memory at one instant."""

from datetime import date, datetime, timedelta
from typing import Any

from reference.catalogue import demonstration_people, plan, standards
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.programme.answering import receipt_of, writing
from rules.programme.apply import apply_entry
from rules.programme.decide import decide_programme
from rules.programme.doorway import Known, check_programme
from rules.timing.spans import quarter_of
from schemas.cycle import Judgement, Stage
from schemas.outcomes import Refused
from schemas.programme import Programme, Slot
from schemas.programme.commands import AnyProgrammeCommand, SlotMove
from schemas.programme.records import ProgrammeEntry, ProgrammeReceipt
from schemas.programme.rows import AskedFor, ScrutinyRow
from schemas.sessions import Assurance
from tests import programme as p
from tests import scenario as s

MONDAY = instant(date(2026, 9, 7), "10:00")
"""An ordinary Monday in the programme year 2026-27."""
PLAN = plan()
YEAR = 2026
OPENS = date(2026, 10, 5)
"""An ordinary Monday four weeks later; its cycle is heard on 9 November."""


def known(calendar: WorkingCalendar | None = None, **more: Any) -> Known:
    """The demonstration's people, plan and kinds, with the newest calendar."""
    facts: dict[str, Any] = {
        "people": demonstration_people(),
        "plan": PLAN,
        "kinds": standards(),
        "calendar": calendar or p.days(),
    }
    return Known(**{**facts, **more})


class Paper:
    """One programme, begun, and the instant at which things happen to it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now
        self.entries: list[ProgrammeEntry] = []
        self.programme: Programme | None = None
        self.known = known()
        self.do(p.begin())

    @property
    def standing(self) -> Programme:
        """The programme, which is there."""
        assert self.programme
        return self.programme

    def slot(self, number: str = "2026/01") -> Slot:
        """One of its cycles to come, which is there."""
        found = self.standing.slot(number)
        assert found
        return found

    def said(self, command: AnyProgrammeCommand) -> ProgrammeReceipt | Refused:
        """What comes of a command, at the door or in the programme."""
        if refused := check_programme(command, self.known, self.programme):
            return refused
        decision = decide_programme(self.programme, command, self.now)
        if isinstance(decision, Refused):
            return decision
        entries = writing(command, decision.events, self.now, self.programme)
        for entry in entries:
            self.entries.append(entry)
            self.programme = apply_entry(self.programme, entry)
        if entries:
            return receipt_of(entries)
        return ProgrammeReceipt(programme=p.REF, version=self.standing.version, at=self.now, happened=())

    def do(self, *commands: AnyProgrammeCommand) -> ProgrammeReceipt:
        """Commands that must be accepted; the answer to the last."""
        found = [self._done(command) for command in commands]
        return found[-1]

    def _done(self, command: AnyProgrammeCommand) -> ProgrammeReceipt:
        found = self.said(command)
        assert isinstance(found, ProgrammeReceipt), found
        return found

    def refused(self, command: AnyProgrammeCommand, code: str, field: str | None = None) -> str:
        """What a command is refused with; nothing is changed."""
        before = self.programme
        found = self.said(command)
        assert isinstance(found, Refused), found
        assert (found.code, found.field) == (code, field)
        assert found.message.endswith((".", ")"))
        assert found.source
        assert self.programme == before
        return found.message


def planned(*, adopted: bool = False) -> Paper:
    """A programme with one ordinary cycle to come in it, adopted or not."""
    paper = Paper()
    paper.do(p.propose(p.draft(OPENS), year=YEAR))
    if adopted:
        paper.do(p.adopt(YEAR))
    return paper


def lived() -> Paper:
    """A programme in which everything has happened that can happen to one."""
    paper = Paper()
    later, third = p.draft(date(2027, 1, 4)), p.draft(date(2026, 11, 16))
    paper.do(p.propose(p.draft(OPENS), later, year=YEAR), p.change("2026/02", third), p.adopt(YEAR))
    moved = SlotMove(slot="2026/02", opens_on=later.opens_on, session_at=later.session_at)
    paper.do(p.move(moved), p.not_opened("2026/02", paper.now), p.outside(1), p.outside(2))
    paper.do(p.decline(1), p.accept(2, YEAR, third), p.drop("2026/03"))
    paper.do(p.opened("2026/01", paper.now - timedelta(minutes=6)))
    quarter = quarter_of(civil(paper.now))
    paper.do(p.assess(quarter, rating="red", because=s.say("It has not begun.")), p.freeze(quarter))
    return paper


def judgement(said: Assurance, request: int = 1) -> Judgement:
    """A judgement on one request."""
    return Judgement(
        session=1, request=request, judgement=said, reasons=s.say("Why"), by=s.COMMISSIONER, at=MONDAY
    )


def asked_about(
    *commitments: str,
    number: int = 1,
    opened: date = date(2025, 1, 6),
    judged: Assurance | None = None,
    stage: Stage = "closed",
    **more: Any,
) -> ScrutinyRow:
    """A cycle that asked about some commitments in one request, and how it was judged."""
    facts: dict[str, Any] = {
        "reference": f"HTA-{opened.year}-{number:02d}",
        "stage": stage,
        "theme": "reassuring",
        "opened_at": p.noon(opened),
        "commitments": commitments,
        "held": (p.noon(opened),) if stage == "closed" else (),
        "requests": (AskedFor(number=1),),
        "judgements": (judgement(judged),) if judged else (),
    }
    return ScrutinyRow(**{**facts, **more})


def today() -> date:
    """The day on which things happen unless said otherwise."""
    return civil(MONDAY)
