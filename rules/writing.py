"""Writing down: from the events of one act to the entries and rows that record it."""

from dataclasses import dataclass
from datetime import datetime

from rules.acting.succession import on_behalf
from rules.answering import content
from rules.boards.rows import board_rows
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.deadlines import deadlines
from rules.publishing.publication import fingerprint, is_public, public_facts
from rules.publishing.releasing import waiting
from rules.stages import stage
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.events import AnyEvent, FindingsWithdrawn
from schemas.notices import Notice
from schemas.outcomes import Refused
from schemas.people import ENGINE, Actor
from schemas.records import Entry, Placeholder, Publication, Withdrawal, Writing
from schemas.shape import Marking

MADE_PUBLIC = frozenset({"FindingsPublished", "FindingsCorrected"})


@dataclass(frozen=True)
class Act:
    """Who did something, under which key, and what was said: what all entries of one act share.

    Source: process.events
    """

    cycle: str
    actor: Actor
    key: str
    content: str
    marking: Marking = "OFFICIAL"


def act_of(command: AnyCommand) -> Act:
    """The act that a command is.

    Source: process.commands
    """
    return Act(
        cycle=command.cycle,
        actor=command.actor,
        key=command.key,
        content=content(command),
        marking=command.marking,
    )


def own_act(cycle: str, duty: str) -> Act:
    """An act of the engine itself, named after its duty.

    Source: process.clocks
    """
    return Act(cycle=cycle, actor=ENGINE, key=f"engine/{duty}", content="engine")


def entries_of(
    act: Act, events: tuple[AnyEvent, ...], at: datetime, after: Cycle | None
) -> tuple[Entry, ...]:
    """The entries of one act, numbered on from where the cycle stands.

    Source: process.events
    """
    first = (after.version if after else 0) + 1
    return tuple(
        Entry(
            cycle=act.cycle,
            version=version,
            at=at,
            actor=on_behalf(act.actor, after, civil(at)),
            key=act.key,
            content=act.content,
            marking=act.marking,
            public=is_public(event.kind),
            event=event,
        )
        for version, event in enumerate(events, start=first)
    )


def writing_of(
    entries: tuple[Entry, ...],
    after: Cycle,
    calendar: WorkingCalendar | Refused,
    letters: tuple[Notice, ...] = (),
) -> Writing:
    """The entries with the rows that follow from them, and the letters that are left with them.

    Source: process.events
    """
    return Writing(
        entries=entries,
        cycle=after,
        stage=stage(after),
        deadlines=deadlines(after, calendar) if not isinstance(calendar, Refused) else (),
        publication=published_now(entries, after),
        withdrawal=withdrawn_now(entries),
        placeholder=_placeholder(after),
        boards=board_rows(after),
        letters=letters,
    )


def published_now(entries: tuple[Entry, ...], after: Cycle) -> Publication | None:
    """What an act makes public, as it is frozen; None where it makes nothing public.

    Source: prsra-2011.s11
    """
    version = after.published()
    if version is None or not any(entry.event.kind in MADE_PUBLIC for entry in entries):
        return None
    return Publication(
        version=version.version,
        published_at=version.published_at or entries[-1].at,
        fingerprint=fingerprint(after, version),
        facts=public_facts(after, version),
    )


def withdrawn_now(entries: tuple[Entry, ...]) -> Withdrawal | None:
    """How an act takes back what is public; None where it does not.

    Source: process.events
    """
    found = ((one.at, one.event) for one in entries if isinstance(one.event, FindingsWithdrawn))
    return next((Withdrawal(at=at, notice=event.notice) for at, event in found), None)


def _placeholder(after: Cycle) -> Placeholder | None:
    version = waiting(after)
    if version is None or version.release is None:
        return None
    release = version.release
    return Placeholder(
        version=version.version,
        at=release.at,
        condition=release.condition,
        title=after.title,
        notice=release.placeholder,
    )
