"""What the clients' own notes and the record have to say about each other, once the storm is over."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rules.apply import add_up
from rules.telling.notices import told_by
from schemas.cycle import Cycle
from schemas.events import ReminderBounced, ReminderDelivered
from schemas.records import Entry
from tests.chaos.storm.notes import Act, Notes

OWN = "engine/"
"""What keys of the engine's own acts begin with."""
Ledgers = Mapping[str, Sequence[Entry]]


def what_is_wrong(notes: Notes, ledgers: Ledgers, stands: Mapping[str, Cycle]) -> list[str]:
    """Every sentence that should not have to be said, in the order of the promises."""
    return [
        *acknowledged(notes, ledgers),
        *in_order(notes),
        *refused(notes, ledgers),
        *at_most_once(notes, ledgers),
        *nobody_asked(notes, ledgers),
        *doubled_rungs(ledgers),
        *whole(ledgers, stands),
        *complete(notes, ledgers),
        *told_faults(notes),
    ]


def acknowledged(notes: Notes, ledgers: Ledgers) -> Iterator[str]:
    """Every acknowledged act stands once, as its receipt says; two receipts of one act say the same."""
    for act in notes.acts.values():
        for receipt in act.receipts[:1]:
            stands = [one for one in ledgers.get(act.cycle, ()) if one.key == act.key]
            if [one.event.kind for one in stands] != list(receipt.happened):
                found = [one.event.kind for one in stands]
                yield f"{_name(act)} was acknowledged as {receipt.happened} and stands as {found}"
            elif stands and stands[-1].version != receipt.version:
                yield f"{_name(act)} was acknowledged as {receipt.version} and stands as {stands[-1].version}"
        if len({(one.version, one.happened) for one in act.receipts}) > 1:
            yield f"{_name(act)} was answered in different ways: {act.receipts}"


def in_order(notes: Notes) -> Iterator[str]:
    """What was sent after another act of its cycle was acknowledged stands after it."""
    by_cycle = defaultdict(list)
    for act in notes.acts.values():
        if act.receipts and act.receipts[0].happened:
            by_cycle[act.cycle].append(act)
    for acts in by_cycle.values():
        for later in acts:
            asked = later.tries[0].asked_at
            for earlier in acts:
                before = earlier.acknowledged_at < asked
                if before and earlier.receipts[0].version >= later.receipts[0].version:
                    yield f"{_name(later)} was sent after {_name(earlier)} and stands before it"


def refused(notes: Notes, ledgers: Ledgers) -> Iterator[str]:
    """No act that was refused is in the ledger."""
    for act in notes.acts.values():
        if act.refused and any(one.key == act.key for one in ledgers.get(act.cycle, ())):
            yield f"{_name(act)} was refused and stands in the ledger: {act.tries}"


def at_most_once(notes: Notes, ledgers: Ledgers) -> Iterator[str]:
    """An act stands in one place: its entries follow one another, and no kind of them comes back later."""
    for act in notes.acts.values():
        versions = [one.version for one in ledgers.get(act.cycle, ()) if one.key == act.key]
        if versions and versions != list(range(versions[0], versions[0] + len(versions))):
            yield f"{_name(act)} stands more than once: entries {versions}"


def nobody_asked(notes: Notes, ledgers: Ledgers) -> Iterator[str]:
    """Nothing stands that nobody sent, but what the engine does by itself."""
    for cycle, entries in ledgers.items():
        for entry in entries:
            if not entry.key.startswith(OWN) and (cycle, entry.key) not in notes.acts:
                yield f"{cycle}/{entry.version} {entry.event.kind}: nobody sent it"


def doubled_rungs(ledgers: Ledgers) -> Iterator[str]:
    """No rung stands twice for one request and due day."""
    for cycle, entries in ledgers.items():
        rungs = Counter(
            (one.event.request, one.event.rung, one.event.due_on.isoformat())
            for one in entries
            if isinstance(one.event, ReminderDelivered | ReminderBounced)
        )
        yield from (
            f"{cycle}: rung {rung} stands {times} times" for rung, times in rungs.items() if times > 1
        )


def whole(ledgers: Ledgers, stands: Mapping[str, Cycle]) -> Iterator[str]:
    """Ledgers are numbered without a gap, and add up to what pages read."""
    for cycle, entries in ledgers.items():
        if [one.version for one in entries] != list(range(1, len(entries) + 1)):
            yield f"{cycle}: the entries are numbered {[one.version for one in entries]}"
        elif entries and add_up(entries) != stands.get(cycle):
            yield f"{cycle}: what pages read is not what the ledger adds up to"


def complete(notes: Notes, ledgers: Ledgers) -> Iterator[str]:
    """Every cycle that a client began is closed."""
    for cycle, said in notes.cycles.items():
        closed = any(one.event.kind == "CycleClosed" for one in ledgers.get(cycle, ()))
        if said != "done" or not closed:
            yield f"{cycle} is not complete: {said} {notes.why[cycle]}".rstrip()


def told_faults(notes: Notes) -> Iterator[str]:
    """No client was ever told of a fault."""
    faults = Counter(
        f"{act.door}: {one.told.why}"
        for act in notes.acts.values()
        for one in act.tries
        if one.told and one.told.kind == "fault"
    )
    yield from (f"{times} times a client was told of a fault, {why}" for why, times in faults.items())


def doubled_mails(mails: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """No mail was caught twice: the same words to the same address about the same thing."""
    for mail, times in Counter(mails).items():
        if times > 1:
            yield f"{times} mails of the same words: {mail[0]}, {mail[1]}"


def lost_letters(ledgers: Ledgers, kept: Collection[str]) -> Iterator[str]:
    """Whatever somebody has to be told because of an entry went to the post, which keeps the letter's key."""
    for entries in ledgers.values():
        yield from (f"no letter went: {one.key}" for one in told_by(entries, None) if one.key not in kept)


def _name(act: Act) -> str:
    return f"{act.cycle} {act.kind} {act.key} ({act.door})"
