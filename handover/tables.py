"""The record of a cycle as lines and tables that every program reads: JSON lines and CSV."""

import json
import re
from collections.abc import Iterator
from typing import Any

from handover.cells import table
from handover.gathering import Gathered, refs_left_out
from rules.clocks import london
from rules.publishing.publication import canonical
from schemas.rows import PublicationRow, TimelineRow

BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def happened(kind: str) -> str:
    """The name of an event in words, such as `Return sent back`."""
    return BEGINS.sub(" ", kind).lower().capitalize()


def ledger_lines(found: Gathered) -> Iterator[bytes]:
    """The whole ledger, a line of JSON for each entry, oldest first: with the words, and as it is kept."""
    for row in found.rows:
        yield _line(_entry(found, row))


def ledger_csv(found: Gathered) -> Iterator[bytes]:
    """The same as a table."""
    head = (
        *("line", "at (UTC)", "at (London)", "what happened", "by", "role", "on behalf of"),
        *("deputising for", "key", "marking", "public", "in words"),
    )
    return table(head, (_cells(found, row) for row in found.rows))


def texts_csv(found: Gathered) -> Iterator[bytes]:
    """Every text by its digest, so that each can be checked against the ledger."""
    words = {ref: said for row in found.rows for ref, said in row.words.items()} | found.page.words
    rows = ((ref, found.say(ref)) for ref in sorted(words))
    return table(("text", "words"), rows)


def duties_csv(found: Gathered) -> Iterator[bytes]:
    """Everything that is owed, with why each day is that day."""
    head = ("deadline", "what", "about", "whose", "due (London)", "missed", "why this day")
    return table(
        head,
        (
            (one.key, one.what, found.say(one.title), found.who(one.owner), _london(one.due_at),
             _yes(one.missed), why)
            for one, why in found.duties()
        ),
    )  # fmt: skip


def steps_csv(found: Gathered) -> Iterator[bytes]:
    """What the successor does next, in order."""
    head = ("order", "what", "about", "whose", "since or due (London)", "due", "deadline")
    return table(
        head,
        (
            (
                str(n),
                one.what,
                found.say(one.about),
                found.who(one.who),
                _london(one.at),
                _yes(one.due),
                one.key,
            )
            for n, one in enumerate(found.steps(), start=1)
        ),
    )


def roles_csv(found: Gathered) -> Iterator[bytes]:
    """Who holds which role on the day of the pack, and from when to when."""
    return table(("id", "title", "role", "organisation", "from", "to"), roles(found))


def roles(found: Gathered) -> Iterator[tuple[str, ...]]:
    """One row for each role that somebody holds on the day of the pack."""
    for one in found.people.values():
        if not one.appointments:
            yield one.id, one.title, one.role.value, one.organisation, "", ""
        for held in one.appointments:
            if held.in_force(found.made.on):
                to = f"{held.to_on}" if held.to_on else ""
                yield one.id, one.title, held.role.value, one.organisation, f"{held.from_on}", to


def mails_csv(found: Gathered) -> Iterator[bytes]:
    """Every mail that was sent or bounced, oldest first."""
    head = ("at (London)", "which", "to", "delivered", "key")
    rows = (
        (
            _london(one.at),
            one.template,
            "; ".join(found.who(it) for it in one.told),
            _yes(one.delivered),
            one.key,
        )
        for one in found.mails
    )
    return table(head, rows)


def left_out_csv(found: Gathered) -> Iterator[bytes]:
    """What is not in this pack, and why."""
    return table(("what", "why"), refs_left_out(found))


def publication_json(found: Gathered, row: PublicationRow) -> bytes:
    """One published version as anybody may have it, with what it takes to check its fingerprint."""
    kept_back = row.withdrawn_at is not None and not found.made.full
    said: dict[str, Any] = {
        "reference": row.cycle,
        "version": row.version,
        "published_at": row.published_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "withdrawal": row.withdrawal,
        "fingerprint": row.fingerprint,
        "canonical": canonical(row.facts).decode(),
        "words": {} if kept_back else dict(sorted(row.words.items())),
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _entry(found: Gathered, row: TimelineRow) -> dict[str, Any]:
    kept = row.entry.model_dump(mode="json")
    return {
        "line": row.entry.version,
        "happened": happened(row.entry.event.kind),
        "by": found.who(row.entry.actor.person),
        "in_words": found.in_place(kept["event"]),
        "as_kept": kept,
    }


def _cells(found: Gathered, row: TimelineRow) -> tuple[str, ...]:
    entry, by = row.entry, row.entry.actor
    said = found.in_place(entry.event.model_dump(mode="json", exclude={"kind"}))
    return (
        str(entry.version), entry.at.isoformat(), _london(entry.at), happened(entry.event.kind),
        found.who(by.person), by.role.value, by.on_behalf_of or "", by.deputising_for or "", entry.key,
        entry.marking, _yes(entry.public), json.dumps(said, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def _london(at: Any) -> str:
    return f"{london(at):%Y-%m-%d %H:%M}"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode() + b"\n"
