"""The doorway: what is checked before a command reaches the engine, against the plan and the directory."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schemas.commands import AnyCommand, OpenCycle
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.plans import Plan

MOST_LETTERS = 200_000
"""Letters in one text; the longest real findings seen are a tenth of this."""

MOST_BYTES = 200_000
"""Bytes of one command on its way to the engine, which cannot digest millions."""


def check_words(words: Mapping[str, str]) -> Refused | None:
    """A refusal where a text is empty or too long to keep.

    Source: process.wrong-input
    """
    for text in words.values():
        if not text:
            return _wrong("empty_text", "A text is empty. Write something, or leave the field out.")
        if len(text) > MOST_LETTERS:
            return _wrong(
                "text_too_long",
                f"A text has {len(text):,} letters; the most is {MOST_LETTERS:,}. "
                "Attach it as a file instead.",
            )
        if "\x00" in text:
            return _wrong("text_unreadable", "A text holds a character that cannot be kept. Type it again.")
    return None


NAMED: dict[str, Callable[[Any], Iterable[tuple[str, str | None]]]] = {
    "OpenCycle": lambda one: [
        named
        for n, draft in enumerate(one.requests, 1)
        for named in (
            (f"requests.{n}.lead", draft.lead),
            (f"requests.{n}.certifier", draft.certifier),
        )
    ],
    "AddRequest": lambda one: [
        ("request.lead", one.request.lead),
        ("request.certifier", one.request.certifier),
    ],
    "AskSeveral": lambda one: [
        ("request.lead", one.request.lead),
        *(("others", lead) for lead in one.others),
        ("request.certifier", one.request.certifier),
    ],
    "AmendRequest": lambda one: [("draft.certifier", one.draft.certifier)],
    "Delegate": lambda one: [("to", one.to)],
    "Reassign": lambda one: [("to", one.to)],
    "SubmitReturn": lambda one: [("signed_off_by", one.signed_off_by)],
    "ProposeAction": lambda one: [("owner", one.owner)],
    "PassOn": lambda one: [("to", one.to)],
    "Escalate": lambda one: [("to", one.to)],
    "Succeed": lambda one: [("to", one.to)] if one.what == "office_holder" else [],
}
"""The people that a command asks something of, each with the field that names them, by the command's kind."""


def people_named(command: AnyCommand) -> tuple[tuple[str, str], ...]:
    """The fields of a command that name people, who must be known and reachable, and whom each names.

    Source: process.wrong-input
    """
    named = NAMED[command.kind](command) if command.kind in NAMED else ()
    return tuple((field, person) for field, person in named if person)


def check_command(
    command: AnyCommand, people: Mapping[str, Person], plan: Plan | None, *, demonstration: bool
) -> Refused | None:
    """A refusal where a command names what is not there: a commitment, a person, an address.

    Source: process.wrong-input
    """
    if len(command.model_dump_json()) > MOST_BYTES:
        return _wrong("too_large", "This is too much for one act. Send it in parts.")
    if isinstance(command, OpenCycle):
        if command.set_back and not demonstration:
            said = "Only the demonstration can open a cycle in the past. Open it as of now."
            return _wrong("no_time_travel", said)
        if refused := _unknown_commitment(command, plan):
            return refused
    found = (_unreachable(person, people, field) for field, person in people_named(command))
    return next((refused for refused in found if refused), None)


def _unknown_commitment(command: OpenCycle, plan: Plan | None) -> Refused | None:
    if plan is None:
        return _wrong("no_plan", "No police and crime plan is imported. Run: starter.py plan import")
    known = plan.commitments()
    unknown = [ref for ref in command.commitments if ref not in known]
    if not unknown:
        return None
    return _wrong(
        "unknown_commitment",
        f"{plan.title} has no commitment {', '.join(unknown)}. "
        "Choose from the plan: starter.py plan show, or the list on the page.",
        "commitments",
    )


def _unreachable(person: str, people: Mapping[str, Person], field: str) -> Refused | None:
    found = people.get(person)
    if found is None:
        return _wrong("unknown_person", f"Nobody here is known as {person}. Choose from the list.", field)
    if found.address is None:
        return _wrong(
            "no_address",
            f"{found.title} has no e-mail address, so nothing would arrive. "
            "Enter the address first, or choose somebody else.",
            field,
        )
    return None


def _wrong(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
