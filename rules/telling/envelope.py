"""The envelope: what the outside hears of an entry of the ledger, as one CloudEvent, for ever the same."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from schemas.events import AnyEvent
from schemas.feed import CloudEvent, Scope
from schemas.programme.events import AnyProgrammeEvent
from schemas.programme.records import ProgrammeEntry
from schemas.records import Entry

DIGITS = 8
"""A cycle's entries are numbered with leading zeros: then they sort as text."""
OF_CYCLES: tuple[str, ...] = tuple(
    one.model_fields["kind"].default for one in get_args(get_args(AnyEvent)[0])
)
OF_PROGRAMMES: tuple[str, ...] = tuple(
    one.model_fields["kind"].default for one in get_args(get_args(AnyProgrammeEvent)[0])
)
KINDS = (*OF_CYCLES, *OF_PROGRAMMES)
"""Every kind of event there is, in the order of the process."""
EDITIONS: Mapping[str, int] = MappingProxyType({})
"""The edition of a kind's data where it is not the first. What fields mean never changes within one."""

PUBLIC_FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "CycleOpened": ("theme", "commitments", "calendar", "body"),
        "EvidenceRequested": ("request", "due"),
        "RequestAmended": ("request", "restarts", "due"),
        "ClockSuspended": ("request", "because"),
        "ClockResumed": ("request", "due", "was"),
        "ReturnSubmitted": ("request", "version", "answer", "partial", "late", "parts"),
        "ReturnSentBack": ("request", "version", "due", "parts"),
        "ReturnAccepted": ("request", "version"),
        "ExtensionGranted": ("request", "to", "due", "was"),
        "SessionFixed": ("session",),
        "SessionMoved": ("session", "starts_at", "was"),
        "SessionHeld": ("session", "held_at"),
        "SessionCancelled": ("session",),
        "AgendaPublished": ("session", "due", "late"),
        "AssuranceConfirmed": ("session", "request"),
        "VoteRecorded": (
            "session", "vote", "rule", "votes_for", "votes_against", "abstained", "required", "carried",
            "source",
        ),
        "AssuranceJudged": ("session", "request", "judgement"),
        "DecisionRecorded": ("decision", "basis"),
        "ActionConfirmed": ("action",),
        "ActionClaimedDone": ("action",),
        "ActionVerified": ("action",),
        "ActionDisputed": ("action",),
        "ActionDateMoved": ("action", "due", "was"),
        "ActionSlipped": ("action", "to"),
        "ActionReopened": ("action", "due"),
        "ActionWithdrawn": ("action",),
        "FindingsPublished": ("version", "fingerprint"),
        "FindingsCorrected": ("version", "replaces", "fingerprint"),
        "FindingsWithdrawn": ("version",),
        "DutyMissed": ("duty", "request", "action", "due"),
        "NonResponseDeemed": ("request", "due", "after_days"),
        "FactCheckDeemed": ("version", "due"),
        "CycleClosed": (),
        "BodySucceeded": ("what", "was", "to", "from_on"),
        "CalendarChanged": ("calendar", "was"),
    }
)  # fmt: skip
"""What everybody hears of a kind: numbers, days, instants and outcomes.

No text, file or person, not even by a digest: what is withheld from the findings could be guessed at by it.
"""


@dataclass(frozen=True)
class House:
    """Who speaks: the address that people type, and the word that types of events begin with.

    Source: process.events
    """

    address: str
    prefix: str = "answerable"


def type_of(kind: str, house: House) -> str:
    """The type under which a kind of event is known outside, such as `answerable.evidence-requested.v1`.

    Source: process.events
    """
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()
    return f"{house.prefix}.{name}.v{EDITIONS.get(kind, 1)}"


def envelope(entry: Entry | ProgrammeEntry, scope: Scope, house: House) -> CloudEvent:
    """An entry as its CloudEvent: the office hears its facts with references, everybody what is public.

    No words travel: a text is its reference. Nobody is named but by an id, and in public by a role.

    Source: process.events
    """
    if isinstance(entry, ProgrammeEntry):
        about, page, data = entry.programme, "/programme", _of_programme(entry)
    else:
        public = scope == "public"
        data = _for_everybody(entry, house) if public else _for_the_office(entry)
        about, page = entry.cycle, f"/cycles/{entry.cycle}"
    return CloudEvent(
        id=f"{about}/{entry.version}",
        source=house.address + page,
        type=type_of(entry.event.kind, house),
        subject=about,
        time=entry.at,
        marking=entry.marking,
        sequence=f"{entry.version:0{DIGITS}d}",
        scope=scope,
        data=data,
    )


def _for_the_office(entry: Entry) -> dict[str, Any]:
    return {"cycle": entry.cycle, "version": entry.version, "public": entry.public, **_facts(entry)}


def _of_programme(entry: ProgrammeEntry) -> dict[str, Any]:
    return {"programme": entry.programme, "version": entry.version, **_facts(entry)}


def _facts(entry: Entry | ProgrammeEntry) -> dict[str, Any]:
    return {
        "by": entry.actor.model_dump(mode="json"),
        "facts": entry.event.model_dump(mode="json", exclude={"kind"}),
    }


def _for_everybody(entry: Entry, house: House) -> dict[str, Any]:
    known = PUBLIC_FACTS.get(entry.event.kind, ())
    return {
        "cycle": entry.cycle,
        "version": entry.version,
        "by": {"role": entry.actor.role.value},
        "findings": f"{house.address}/findings/{entry.cycle}",
        "facts": entry.event.model_dump(mode="json", include=set(known)),
    }
