"""What an office writes its letters with: every name, what it stands for, and samples to try a letter on.

A letter in an office's own words is set with each sample before it is kept: with everything there, with
nothing that may be missing, and with words that somebody could have typed to break it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from clients.letters.typesetting import Envelope
from schemas.shape import Shape


class Published(Shape):
    """Findings as a letter names them."""

    version: int = 2
    fingerprint: str = "2f0c" * 16
    published_at: datetime = datetime(2026, 12, 14, 9, tzinfo=UTC)


class Returned(Shape):
    """A return as a letter names it."""

    version: int = 2
    late: bool = True
    partial: bool = True
    items: tuple[str, ...] = ("A written answer",)


HOSTILE = '<script>alert(1)</script> {{ ref }} # **x** "\u2026" & ' + "long " * 60
ENVELOPE = Envelope(
    office="Office of the Police and Crime Commissioner",
    url="https://office.example/page/of/this",
    sent_to=("Assistant Chief Constable, Local Policing",),
    copied_to=("Force coordination unit",),
)
DUE = "17:00 on Friday 4 December 2026"
SUCCESSION = {
    "what": "The office holder", "was": "Commissioner", "to": "Acting commissioner",
    "on": "Monday 7 December 2026", "why": "Elected to another office.", "late": "",
}  # fmt: skip
RECEIPT = {
    "version": 2, "received": "16:20 on Thursday 3 December 2026", "late": False, "parts": "1, 2",
    "partial": False, "items": ["response-times.csv, 41 KB\nSHA-256 2f0c", "A written answer"],
}  # fmt: skip

NAMES: Mapping[str, tuple[str, Any, Any]] = MappingProxyType(
    {
        "ref": ("The reference of the cycle", "HTA-2026-07", "HTA-2026-07"),
        "cycle": ("The cycle's title", "Emergency response times", "Emergency response times"),
        "due": ("When it is due, where there is a day", DUE, None),
        "request": ("The request's title", "Grade 1 response times by area", ""),
        "number": ("The request's number", 2, 2),
        "asked": ("What is asked, item by item", ["Median time by month", "Share within 15 minutes"], []),
        "lead": ("Who is asked, by title", "Assistant Chief Constable, Local Policing", ""),
        "officer": ("Who opened the cycle, by title", "Policy officer", "Policy officer"),
        "returned": ("The newest return", Returned(), None),
        "answer": ("What kind of answer came", "evidence provided", ""),
        "why_this_answer": ("Why nothing is held, or is not answered", "It was never counted.", ""),
        "gap": ("What was missing in a return", "The months before May.", ""),
        "wanted_on": ("The later day that is asked for", "Friday 11 December 2026", None),
        "why_more_time": ("Why more time is asked for", "The analyst is away.", ""),
        "why_amended": ("Why a request was changed", "The months were wrong.", ""),
        "question_asked": ("What a lead asks", "Which grade is meant?", ""),
        "answer_given": ("What was answered", "Grade 1 alone.", ""),
        "lead_before": ("Who was asked before", "Superintendent, Custody", ""),
        "why_reassigned": ("Why somebody else is asked", "She has moved.", ""),
        "delegate": ("Who answers for the lead", "Analyst", ""),
        "delegated_until": ("Until when", "Friday 11 December 2026", ""),
        "owed": ("Parts still owed, by number", "2, 3", ""),
        "claimed": ("What is claimed to be sensitive", "item 1 of version 2", "an item"),
        "ground": ("On which ground", "personal data", ""),
        "upheld": ("Whether the claim holds", True, False),
        "claimed_until": ("Until when it is claimed", "Friday 11 December 2026", ""),
        "why_claimed": ("Why it is claimed", "A victim could be known.", ""),
        "why_decided": ("Why it was decided so", "The numbers are small.", ""),
        "action": ("The action's number", "2026/015", None),
        "what": ("What is to be done", "Publish the times by area.", ""),
        "owner": ("Whose action it is", "Chief Constable", ""),
        "proposer": ("Who proposed it", "Commissioner", ""),
        "why_disputed": ("Why it is disputed", "It is done already.", ""),
        "why_later": ("Why a later day is asked for", "The contract starts in May.", ""),
        "slipped_to": ("The day to which it slipped", "Friday 18 December 2026", None),
        "why_slipped": ("Why it slipped", "The supplier is late.", ""),
        "session": ("When the meeting starts", "10:00 on Tuesday 8 December 2026", None),
        "forum": ("Which meeting it is", "holding-to-account meeting", ""),
        "place": ("Where it is", "Room 1, Hindlip Hall", ""),
        "agenda": ("The agenda, line by line", ["1. Response times", "2. Custody"], []),
        "why_called_off": ("Why a meeting was called off", "The hall is closed.", ""),
        "why_cancelled": ("Why a cycle was cancelled", "It was asked twice.", ""),
        "to_publish": ("Whether the reader publishes", True, False),
        "version": ("The newest version of the findings", 2, None),
        "published": ("The findings that are published", Published(), None),
        "taken": ("Who took over from whom", [SUCCESSION], []),
        "receipt": ("What a return held", RECEIPT, None),
        "check_until": ("Until when facts may be checked", DUE, None),
        "comments": ("What the force says of the facts", "The share is 81 per cent.", ""),
        "why_not_agreed": ("Why a redaction is not agreed", "Too much is hidden.", ""),
        "released_at": ("When findings are published", "09:00 on Monday 14 December 2026", None),
        "released_when": ("On what publication waits", "The inspectorate's report", ""),
        "why_held_back": ("Why publication was held back", "A court date was set.", ""),
        "why_corrected": ("Why findings were corrected", "A figure was wrong.", ""),
        "why_sent_back": ("Why findings were not signed", "The second finding has no source.", ""),
        "why_taken_back": ("Why findings were withdrawn", "The order of a court.", ""),
        "route": ("Whom a reminder is put to: lead, deputy, coordination", "lead", ""),
        "wake": ("What somebody asked to be reminded of", "Ask about May.", ""),
        "report": ("The inspection report, by its title or number", "Response to calls, 2026", ""),
        "comments_by": ("The last day for comments on it", "Saturday 26 December 2026", ""),
        "opened_by": ("Who opened a restricted cycle, by title", "Chief finance officer", ""),
        "opened_at": ("When it was opened", "09:12 on Monday 23 November 2026", ""),
        "open_until": ("Until when it is open to them", "10:12 on Monday 23 November 2026", ""),
        "why_escalated": ("Why it was escalated", "Three reminders were not answered.", ""),
    }
)
"""Each name with what it stands for, a sample, and what it holds where there is nothing to say."""


def nothing() -> dict[str, Any]:
    """Every name with what it holds where there is nothing to say."""
    return {name: empty for name, (_, _, empty) in NAMES.items()}


def samples() -> dict[str, dict[str, Any]]:
    """What a letter is tried on."""
    full = {name: sample for name, (_, sample, _) in NAMES.items()}
    hostile = {name: _hostile(sample) for name, sample in full.items()}
    return {
        "everything there": {**full, "envelope": ENVELOPE},
        "nothing that may be missing": {**nothing(), "envelope": replace(ENVELOPE, copied_to=())},
        "words typed to break it": {
            **hostile, "ref": full["ref"], "due": full["due"], "envelope": replace(ENVELOPE, own=True)
        },
    }  # fmt: skip


def _hostile(sample: Any) -> Any:
    if isinstance(sample, str):
        return HOSTILE
    if isinstance(sample, list):
        return [_hostile(one) for one in sample]
    return {name: _hostile(said) for name, said in sample.items()} if isinstance(sample, dict) else sample
