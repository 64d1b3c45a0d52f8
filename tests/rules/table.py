"""A cycle on the table: commands are decided and applied in memory, at instants that the test chooses."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from reference.catalogue import calendar
from reference.working import working_calendar
from rules import duties
from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.writing import act_of, entries_of, own_act
from schemas.commands import AnyCommand, OpenCycle
from schemas.cycle import Cycle, Request
from schemas.events import AnyEvent
from schemas.evidence import RequestDraft
from schemas.notices import Delivery, Notice
from schemas.outcomes import Allowed, Refused
from schemas.records import Entry
from tests import scenario as s
from tests.rules import acts

MONDAY = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
"""An ordinary Monday in British Summer Time: 10:30 in London."""


def working() -> WorkingCalendar:
    """The newest edition of the calendar."""
    found = working_calendar(calendar().version)
    assert isinstance(found, WorkingCalendar)
    return found


def refused(found: Any, code: str) -> Refused:
    """What was found is a refusal with this code, a sentence and a source."""
    assert isinstance(found, Refused), found
    assert found.code == code
    assert found.message.endswith((".", "import"))
    assert found.source
    return found


class Table:
    """One cycle and the instant at which things happen to it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now
        self.entries: list[Entry] = []
        self.calendar = working()

    @property
    def cycle(self) -> Cycle:
        """The cycle as its entries add up."""
        return add_up(self.entries)

    @property
    def moment(self) -> Moment:
        """This instant with the calendar."""
        return Moment(now=self.now, calendar=self.calendar)

    def request(self, number: int = 1) -> Request:
        """One request, which is there."""
        found = self.cycle.request(number)
        assert found is not None
        return found

    def goes_out(self) -> datetime:
        """When the first planned request goes out, which does not wait for a session."""
        at = self.cycle.planned[0].ask_at
        assert at is not None
        return at

    def decide(self, command: AnyCommand) -> Allowed | Refused:
        """What the rules say now."""
        return decide(add_up(self.entries) if self.entries else None, command, self.moment)

    def do(self, *commands: AnyCommand) -> tuple[AnyEvent, ...]:
        """Carry out commands that must be allowed; return all their events."""
        happened: tuple[AnyEvent, ...] = ()
        for command in commands:
            decision = self.decide(command)
            assert isinstance(decision, Allowed), decision
            after = add_up(self.entries) if self.entries else None
            self.entries += entries_of(act_of(command), decision.events, self.now, after)
            happened += decision.events
        return happened

    def refuse(self, command: AnyCommand, code: str) -> Refused:
        """Hand in a command that must be refused with this code."""
        return refused(self.decide(command), code)

    def engine(self, *events: AnyEvent) -> None:
        """Write down what the engine itself does."""
        self.entries += entries_of(own_act(acts.REF, "test"), events, self.now, self.cycle)

    def run_to(self, until: datetime) -> list[AnyEvent]:
        """Let the engine do its duties up to an instant, each at its own; return their events."""
        happened: list[AnyEvent] = []
        while (ahead := duties.duties(self.cycle, self.calendar)) and ahead[0].at <= until:
            duty = ahead[0]
            self.now = max(self.now, duty.at)
            made = self._events_of(duty)
            assert made, duty
            self.engine(*made)
            happened += made
        self.now = max(self.now, until)
        return happened

    def _events_of(self, duty: duties.Duty) -> tuple[AnyEvent, ...]:
        if not duties.by_notice(duty):
            return duties.own_events(self.cycle, duty, self.moment)
        return self.deliver(duties.notice_of(self.cycle, duty, self.moment))

    def remind(self, number: int) -> tuple[AnyEvent, ...]:
        """The event of the reminder that is due for a request now."""
        return self.deliver(duties.reminder(self.cycle, number, self.calendar, self.now))

    def deliver(self, notice: Notice | None, *, delivered: bool = True) -> tuple[AnyEvent, ...]:
        """What is written down of a notice that is delivered, or bounces, now."""
        assert notice is not None
        told = notice.to if delivered else ()
        return duties.noted(self.cycle, notice, Delivery(delivered=delivered, told=told, at=self.now))

    def after(self, working_days: int, hour: str = "10:00") -> datetime:
        """An hour in London so many working days from now."""
        return instant(s.date_after(self.now, working_days), hour)

    def wait(self, **how_long: float) -> None:
        """Let time pass without the engine doing anything."""
        self.now += timedelta(**how_long)


def opening(*drafts: RequestDraft, requests: int = 1, **changes: Any) -> OpenCycle:
    """An opening on the Monday: these requests, or so many that are due five days before the session."""
    command = s.open_cycle(acts.REF, MONDAY, requests, **changes)
    return command.model_copy(update={"requests": drafts}) if drafts else command


def opened(*drafts: RequestDraft, requests: int = 1, **changes: Any) -> Table:
    """A cycle just opened, its session in thirty working days."""
    table = Table()
    table.do(opening(*drafts, requests=requests, **changes))
    return table


def agreed() -> Table:
    """A cycle with an action that both sides agreed."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm())
    return table


def held(requests: int = 1) -> Table:
    """A cycle whose returns are accepted and whose session was held."""
    table = opened(requests=requests)
    for number in range(1, requests + 1):
        table.do(s.submit(acts.REF, number), s.accept(acts.REF, number))
    table.now = table.after(30, "17:00")
    table.do(s.attendance(acts.REF))
    return table


def signed() -> Table:
    """A cycle whose findings both have signed."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF))
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    return table


def day(text: str) -> date:
    """A civil day from `2026-06-01`."""
    return date.fromisoformat(text)
