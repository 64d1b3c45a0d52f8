"""What is read before it is signed: the answer, what changed, what was looked at, and what signing does."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.apply import add_up
from rules.publishing.publishable import slot, slots
from rules.telling.notices import notices
from rules.writing import Act, entries_of
from schemas.cycle import Cycle, FindingsVersion
from schemas.events import AnyEvent, FindingsCorrected, FindingsPublished
from schemas.people import Actor, Person, Role
from schemas.reading import Seen
from schemas.rows import CyclePage
from web.public.record import Record
from web.showing import items, words
from web.showing.differences import Row, differences

A_MINUTE = 220
"""Words that somebody reads in a minute."""
NO_DIGEST = "0" * 64


@dataclass(frozen=True)
class Changed:
    """What is not as it was in an earlier version: which that is, and why that one."""

    version: int
    why: str
    answer: tuple[Row, ...]
    account: tuple[Row, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same word for word."""
        return not (self.answer or self.account)


@dataclass(frozen=True)
class Sent:
    """One item that came, with the page that shows it."""

    title: str
    kind: str
    address: str
    words: str


@dataclass(frozen=True)
class Effect:
    """What signing does: what becomes public and when, and who is told."""

    lines: tuple[str, ...]
    public: tuple[str, ...]
    told_now: tuple[str, ...]
    told_then: tuple[str, ...]


def minutes(record: Record) -> tuple[int, int]:
    """How many words there are to read, and how many minutes that takes."""
    said = [record.question, record.answer, record.findings]
    said += [one.reasons for one in record.judgements] + [one.reasons for one in record.decisions]
    said += [one.what for one in record.actions]
    count = sum(len(one.split()) for one in said)
    return count, max(1, round(timedelta(minutes=count / A_MINUTE) / timedelta(minutes=1)))


def mark(version: FindingsVersion) -> str:
    """What of a version would be signed, in a word that changes with it."""
    copy = version.redaction or version
    said = f"{version.version} {copy.answer} {copy.body} {version.answer} {version.body}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def changed(page: CyclePage, newest: FindingsVersion, read: Sequence[Seen]) -> Changed | None:
    """What is new since the version last read, or else since the one before; None in the first."""
    earlier = [one for one in page.cycle.findings if one.version < newest.version]
    if not earlier:
        return None
    known = {one.version for one in read}
    seen = [one for one in earlier if one.version in known]
    before = (seen or earlier)[-1]
    why = "which you read last" if seen else "the version before"
    return since(page, before, newest, why)


def since(page: CyclePage, before: FindingsVersion, after: FindingsVersion, why: str) -> Changed:
    """What is not as it was in a version."""
    old, new = before.redaction or before, after.redaction or after
    return Changed(
        before.version,
        why,
        _rows(page.say(old.answer), page.say(new.answer)),
        _rows(page.say(old.body), page.say(new.body)),
    )


def _rows(before: str, after: str) -> tuple[Row, ...]:
    return tuple(one for one in differences(before, after) if one.changed and _says(one))


def _says(row: Row) -> bool:
    """Whether there is more to a line than its end."""
    return any(run.words.strip() for run in (*row.before, *row.after))


def sent(page: CyclePage, number: int) -> tuple[Sent, ...]:
    """The items of a request's newest return, each with its page."""
    request = page.cycle.request(number)
    if request is None or not request.returns:
        return ()
    newest = request.returns[-1].version
    found = (one for one in items.standing(page.cycle) if one.request.number == number)
    return tuple(
        Sent(
            items.titled(one.item, page.say),
            items.typed(one.item),
            f"/cycles/{page.cycle.reference}/evidence/{one.name}?from=sign-off",
            page.say(one.item.text) if one.item.kind == "written" else "",
        )
        for one in found
        if one.version.version == newest
    )


def effect(
    page: CyclePage,
    record: Record,
    *,
    actor: Actor,
    events: tuple[AnyEvent, ...],
    now: datetime,
    people: dict[str, Person],
) -> Effect:
    """What signing the newest version does."""
    version = page.cycle.findings[-1]
    last = len(slots(version) | {slot(actor.role)}) > 1
    return Effect(
        lines=_lines(events, last=last),
        public=_public(record, version),
        told_now=_told(page.cycle, actor, events, now, people),
        told_then=_told(page.cycle, actor, (_published(page.cycle),), now, people),
    )


def _lines(events: tuple[AnyEvent, ...], *, last: bool) -> tuple[str, ...]:
    confirmed = sum(one.kind == "AssuranceConfirmed" for one in events)
    lines = [
        "Nothing becomes public by your signature alone. The publication officer publishes what both have "
        "signed, at once or on a day that is then shown."
        if last
        else "Yours is the first of two signatures. The Commissioner signs next; then it can be published."
    ]
    if confirmed:
        lines.append(
            f"With it you confirm {words.plural(confirmed, 'judgement')} that an officer recorded for you."
        )
    lines.append("A newer version, or words that are taken out, would need your signature again.")
    return tuple(lines)


def _public(record: Record, version: FindingsVersion) -> tuple[str, ...]:
    counted = (
        (len(record.judgements), "judgement"),
        (len(record.actions), "promise"),
        (len(record.decisions), "decision"),
    )
    more = [words.plural(count, what) for count, what in counted if count]
    lines = [f"The question, the answer and the account{''.join(f', {one}' for one in more)}"]
    made = version.redaction
    if made and (made.spans or made.items):
        lines.append(
            f"Not the {words.plural(len(made.spans), 'passage')} and {words.plural(len(made.items), 'item')} "
            "that are taken out: the reasons stand in their place"
        )
    return tuple(lines)


def _published(cycle: Cycle) -> AnyEvent:
    """What happens once the newest version is published, for the first time or as a correction."""
    version, before = cycle.findings[-1], cycle.published()
    if before is None or version.correction is None:
        return FindingsPublished(version=version.version, fingerprint=NO_DIGEST)
    return FindingsCorrected(
        version=version.version, replaces=before.version, fingerprint=NO_DIGEST, reason=version.correction
    )


def _told(
    cycle: Cycle, actor: Actor, events: tuple[AnyEvent, ...], now: datetime, people: dict[str, Person]
) -> tuple[str, ...]:
    """Who gets a mail because of some events, by title or by role."""
    act = Act(cycle=cycle.reference, actor=actor, key="only-to-be-seen", content="only to be seen")
    entries = entries_of(act, events, now - cycle.set_back, cycle)
    after = add_up(entries, cycle)
    found = [one for entry in entries for one in notices(entry, after)]
    named = [people[one].title if one in people else one for notice in found for one in notice.to]
    return _once([*named, *(words.role(Role(one)).capitalize() for notice in found for one in notice.roles)])


def _once(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said))
