"""Programme files: cycles to come written down in YAML, as a cycle file with its days and who runs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reference.cyclefile import FIELDS, OPTIONAL, CycleFile, cycle_of, report_of, request_draft
from reference.places import Place
from schemas.programme import SlotDraft
from schemas.shape import Words
from schemas.standards import Standards

SLOT = {
    **{name: purpose for name, purpose in FIELDS.items() if name != "ask"},
    "opens": "the day on which it opens, such as 2027-05-04",
    "officer": "the id of the policy officer who runs it (starter.py people list)",
    "because": "why it is in the programme",
}
"""A cycle file's fields but for `ask`: with a session requests go out in time, without one at once."""
MAY_BE_LEFT_OUT = (OPTIONAL - {"ask"}) | {"officer", "because"}


@dataclass(frozen=True)
class FileSlot:
    """A cycle to come as it stands in the file."""

    cycle: CycleFile
    opens: date
    officer: str | None
    because: str | None


def programme_file(text: str, name: str, kinds: Mapping[str, Standards]) -> tuple[FileSlot, ...]:
    """The cycles to come of a file: one, or a list of them.

    Raises: FileError: something is missing or cannot be used; the message says where and what to write.
    """
    place = Place.of(text, name)
    found = tuple(read_slot(one, kinds) for one in place.each())
    if not found:
        raise place.error("write at least one cycle here")
    return found


def read_slot(place: Place, kinds: Mapping[str, Standards]) -> FileSlot:
    """A cycle to come from its place in a file.

    Raises: FileError: something is missing or cannot be used; the message says where and what to write.
    """
    fields = place.fields(SLOT, MAY_BE_LEFT_OUT)
    cycle = cycle_of(fields, kinds)
    session = cycle.session
    if session and (session.place or session.urgency):
        raise fields["session"].error(
            "write only at, forum and confirmed here; say where it is held once the cycle is open"
        )
    return FileSlot(
        cycle=cycle,
        opens=fields["opens"].day(),
        officer=fields["officer"].slug("a person's id, such as policy-officer")
        if "officer" in fields
        else None,
        because=fields["because"].words() if "because" in fields else None,
    )


def slot_draft(file: FileSlot, officer: str, words: Words) -> SlotDraft:
    """The cycle to come as a command carries it; `officer` runs it where the file names nobody."""
    cycle, session = file.cycle, file.cycle.session
    held = {"forum": session.forum, "confirmed": session.confirmed} if session else {}
    return SlotDraft(
        title=words.ref(cycle.title),
        theme=cycle.theme,
        commitments=cycle.commitments,
        question=words.ref(cycle.question),
        cycle_kind=cycle.kind,
        officer=file.officer or officer,
        opens_on=file.opens,
        session_at=session.starts_at if session else None,
        requests=tuple(request_draft(one, words) for one in cycle.requests),
        because=words.maybe(file.because),
        report=report_of(cycle, words),
        **held,
    )
