"""What one act writes into a programme's ledger, and the answer that is remembered under its key."""

from datetime import datetime

from rules.answering import content
from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.events import AnyProgrammeEvent
from schemas.programme.records import (
    ProgrammeAnswered,
    ProgrammeEntry,
    ProgrammeReceipt,
)

MOST_REMEMBERED = 1_000


def writing(
    command: AnyProgrammeCommand,
    events: tuple[AnyProgrammeEvent, ...],
    at: datetime,
    programme: Programme | None,
) -> tuple[ProgrammeEntry, ...]:
    """The entries of one act, numbered on from where the programme stands.

    Source: process.events
    """
    first = (programme.version if programme else 0) + 1
    return tuple(
        ProgrammeEntry(
            programme=command.programme,
            version=version,
            at=at,
            actor=command.actor,
            key=command.key,
            content=content(command),
            marking=command.marking,
            event=event,
        )
        for version, event in enumerate(events, start=first)
    )


def answers(
    answered: dict[str, ProgrammeAnswered], entries: tuple[ProgrammeEntry, ...]
) -> dict[str, ProgrammeAnswered]:
    """The keys answered so far and those of these entries; the oldest are let go beyond the limit.

    Source: process.commands
    """
    by_key: dict[str, list[ProgrammeEntry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    fresh = {
        key: ProgrammeAnswered(content=of_key[0].content, receipt=receipt_of(tuple(of_key)))
        for key, of_key in by_key.items()
    }
    return dict(list({**answered, **fresh}.items())[-MOST_REMEMBERED:])


def receipt_of(entries: tuple[ProgrammeEntry, ...]) -> ProgrammeReceipt:
    """The answer to the command that made these entries.

    Source: process.commands
    """
    slots = (getattr(entry.event, "slot", None) for entry in entries)
    proposals = (getattr(entry.event, "proposal", None) for entry in entries)
    return ProgrammeReceipt(
        programme=entries[-1].programme,
        version=entries[-1].version,
        at=entries[-1].at,
        happened=tuple(entry.event.kind for entry in entries),
        slots=tuple(dict.fromkeys(one for one in slots if one)),
        proposal=next((one for one in proposals if isinstance(one, int)), None),
    )
