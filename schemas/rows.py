"""Rows: what the pages read, one shape per question they ask."""

from datetime import date
from typing import Any, Literal

from schemas.cycle import Cycle, RequestState, Session, Stage
from schemas.records import Entry
from schemas.sessions import Forum
from schemas.shape import CycleRef, Instant, MeetingRef, Shape, later
from schemas.standards import Recipient
from schemas.successions import LABELS, BothNames, Part


class CycleRow(Shape):
    """One line of the list of cycles."""

    reference: CycleRef
    stage: Stage
    title: str
    theme: str
    opened_by: str
    opened_at: Instant
    changed_at: Instant
    session_at: Instant | None
    paused: bool
    open_requests: int
    late: int
    next_due_at: Instant | None


class CyclePage(Shape):
    """One cycle with the words of every text that it names."""

    cycle: Cycle
    stage: Stage
    words: dict[str, str]

    def say(self, ref: str | None) -> str:
        """The words of a text; empty where there is none."""
        return self.words.get(ref, "") if ref else ""

    def names_on(self, what: Part, day: date) -> BothNames | None:
        """Who stands for a part on a day, with those before; None where nobody ever named one."""
        first = next((self.say(one.name) or one.id for one in self.cycle.called if one.what == what), "")
        taken = sorted(
            (one for one in self.cycle.successions if one.what == what), key=lambda one: (one.from_on, one.at)
        )
        steps = [
            (one.from_on, self.say(one.was_name) or one.was or "", self.say(one.to_name) or one.to)
            for one in taken
        ]
        return BothNames.of(steps, day, first)

    def named_on(self, day: date) -> tuple[tuple[str, str], ...]:
        """Who stands on a day with those before, as papers write it: a label and the names, part by part."""
        found = ((label, self.names_on(what, day)) for what, label in LABELS.items())
        return tuple((label, str(names)) for label, names in found if names)


class DeadlineRow(Shape):
    """One thing owed, as a board shows it."""

    cycle: CycleRef
    cycle_title: str
    key: str
    what: str
    number: str
    title: str
    owner: str | None
    owner_title: str | None
    due_at: Instant
    missed: bool
    done: bool


class TaskRow(Shape):
    """One evidence request, as its lead sees it."""

    cycle: CycleRef
    number: int
    title: str
    cycle_title: str
    state: RequestState
    form: str
    due_at: Instant | None
    missed: bool


class TimelineRow(Shape):
    """One entry of the ledger with the words of the texts that it names."""

    entry: Entry
    words: dict[str, str]


class MeetingPart(Shape):
    """One cycle's session within a meeting."""

    cycle: CycleRef
    title: str
    session: Session


class MeetingRow(Shape):
    """One meeting that several cycles may share, with the session of each."""

    meeting: MeetingRef
    forum: Forum
    starts_at: Instant
    coming: bool
    """Whether any of its sessions is still to be held."""
    parts: tuple[MeetingPart, ...]


class PublicationRow(Shape):
    """One published version: its frozen facts and their words."""

    cycle: CycleRef
    version: int
    published_at: Instant
    fingerprint: str
    theme: str
    facts: dict[str, Any]
    words: dict[str, str]
    withdrawn_at: Instant | None = None
    withdrawal: str | None = None
    """The notice that stands in its place, once it was withdrawn."""

    def say(self, ref: str | None) -> str:
        """The words of a text; empty where there is none."""
        return self.words.get(ref, "") if ref else ""


class ReleaseRow(Shape):
    """Findings whose release is scheduled, as everybody may read of them."""

    cycle: CycleRef
    version: int
    at: Instant | None
    condition: str | None
    title: str
    notice: str


class MailRow(Shape):
    """One notice that was sent or bounced."""

    key: str
    cycle: CycleRef
    template: str
    told: tuple[str, ...]
    delivered: bool
    at: Instant
    delivery: Literal["sent", "delivered", "bounced"] = later("sent")
    """What is known of it since: receipts and what came back."""
    delivery_at: Instant | None = later(None)
    delivery_why: str | None = later(None)


class MovedRow(Shape):
    """One open clock that a change would move, before and after; or a cycle that it cannot count."""

    cycle: CycleRef
    request: int | None = None
    findings: int | None = later(None)
    """The version whose fact check moves, where it is not a request that does."""
    lead: str | None = None
    before: Instant | None = None
    after: Instant | None = None
    refused: str | None = None


class RungRow(Shape):
    """One reminder that released standards would change; no instant where it is not sent."""

    cycle: CycleRef
    request: int
    lead: str
    offset: int
    """Working days from the due day: before it is negative."""
    before: Instant | None = None
    told_before: tuple[Recipient, ...] = ()
    after: Instant | None = None
    told_after: tuple[Recipient, ...] = ()


class TakenRow(Shape):
    """One open cycle that a succession touches: who stands on its day without it, and with it."""

    cycle: CycleRef
    title: str = ""
    before: str
    after: str
    from_on: date
    """The day for this cycle: the announced one, or that of its opening where it was opened later."""
    stands: bool = False
    """Whether the cycle knows of it already."""
