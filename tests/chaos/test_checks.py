"""The storm's checks see what they are for: a record is put wrong in each way, and said to be."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from rules.apply import add_up
from rules.telling.notices import told_by
from schemas.records import Entry
from tests import scenario as s
from tests.chaos.storm.checks import doubled_mails, lost_letters, what_is_wrong
from tests.chaos.storm.notes import Act, Notebook, Notes, Told, Try, read
from tests.chaos.storm.plan import OFTEN, PARTS, Bearing, faults
from tests.rules import acts
from tests.rules.table import Table, signed

REF = acts.REF


@dataclass
class Record:
    """A cycle to its close, and the notes of the one client who led it there."""

    entries: list[Entry]
    notes: Notes
    shown: int | None = None
    """How many entries pages have seen; all, where nothing is said."""
    extra: list[str] = field(default_factory=list)

    def wrong(self) -> str:
        """What is wrong, in one text."""
        stands = {REF: add_up(self.entries[: self.shown])} if self.entries else {}
        return "\n".join(what_is_wrong(self.notes, {REF: self.entries}, stands))

    def act(self, kind: str) -> Act:
        """The first act of a kind."""
        return next(one for one in self.notes.acts.values() if one.kind == kind)


def whole() -> Record:
    """A record in which everything is as it should be."""
    table = signed()
    table.do(s.publish(REF))
    notes = Notes(cycles={REF: "done"}, why={REF: ""})
    for entry in table.entries:
        if entry.key == "engine/test":
            continue
        act = notes.acts.setdefault((REF, entry.key), Act(REF, entry.key, entry.event.kind, "desk"))
        happened = (*(act.receipts[0].happened if act.receipts else ()), entry.event.kind)
        act.tries = [Try(entry.version, entry.version + 0.5, Told("receipt", entry.version, happened))]
    return Record(list(table.entries), notes)


def lose(record: Record) -> None:
    """An acknowledged act is gone."""
    gone = record.act("AssuranceJudged").key
    left = [one for one in record.entries if one.key != gone]
    record.entries = [one.model_copy(update={"version": n}) for n, one in enumerate(left, 1)]
    record.shown = 1


def double(record: Record) -> None:
    """An act stands a second time."""
    again = next(one for one in record.entries if one.event.kind == "FindingsDrafted")
    record.entries.append(again.model_copy(update={"version": len(record.entries) + 1}))
    record.shown = 1


def turn_round(record: Record) -> None:
    """What came later stands before."""
    act = record.act("FindingsApproved")
    act.tries = [Try(90.0, 91.0, act.tries[0].told)]


def refuse(record: Record) -> None:
    """What stands was refused."""
    record.act("FindingsDrafted").tries = [Try(1.0, 2.0, Told("refused", why="request_state"))]


def invent(record: Record) -> None:
    """What stands was sent by nobody."""
    del record.notes.acts[REF, record.act("FindingsDrafted").key]


def leave_a_gap(record: Record) -> None:
    """A number is left out."""
    record.entries[-1] = record.entries[-1].model_copy(update={"version": len(record.entries) + 7})
    record.shown = 1


def fall_behind(record: Record) -> None:
    """Pages read less than what stands."""
    record.shown = 3


def stay_open(record: Record) -> None:
    """The client says that it is done, and it is not closed."""
    record.entries = [one for one in record.entries if one.event.kind != "CycleClosed"]


def stick(record: Record) -> None:
    """The client did not get on."""
    record.notes.cycles[REF], record.notes.why[REF] = "stuck", "Publish: findings_unsigned"


def fault(record: Record) -> None:
    """The client was told of a fault of ours."""
    record.act("SessionHeld").tries.insert(0, Try(0.1, 0.2, Told("fault", why="500")))


def answer_otherwise(record: Record) -> None:
    """The second answer is not the first."""
    act = record.act("SessionHeld")
    act.tries.append(Try(99.0, 99.5, Told("receipt", 999, act.receipts[0].happened)))


WAYS: list[tuple[Callable[[Record], None], str]] = [
    (lose, "was acknowledged as"),
    (double, "stands more than once"),
    (turn_round, "stands before it"),
    (refuse, "was refused and stands"),
    (invent, "nobody sent it"),
    (leave_a_gap, "are numbered"),
    (fall_behind, "not what the ledger adds up to"),
    (stay_open, "is not complete"),
    (stick, "is not complete: stuck Publish: findings_unsigned"),
    (fault, "was told of a fault"),
    (answer_otherwise, "answered in different ways"),
]


def test_nothing_is_wrong_with_a_whole_record() -> None:
    """Where notes and ledger agree there is nothing to say."""
    assert whole().wrong() == ""


@pytest.mark.parametrize(("put_wrong", "says"), WAYS, ids=lambda one: getattr(one, "__name__", ""))
def test_each_way_of_being_wrong_is_seen(put_wrong: Callable[[Record], None], says: str) -> None:
    """Whatever is put wrong is said in its own words."""
    record = whole()
    put_wrong(record)
    assert says in record.wrong()


def test_a_rung_that_stands_twice_is_seen() -> None:
    """The same rung of the same request and due day."""
    table = Table()
    table.do(s.open_cycle(REF, table.now, 1))
    table.run_to(table.after(24))
    rung = next(one for one in table.entries if one.event.kind == "ReminderDelivered")
    again = rung.model_copy(update={"version": len(table.entries) + 1})
    said = what_is_wrong(Notes(), {REF: [*table.entries, again]}, {})
    assert any("rung" in one and "stands 2 times" in one for one in said)


def test_a_mail_that_came_twice_is_seen() -> None:
    """The same words to the same address; other words to it are another mail."""
    mails = [("lead@force.example", "Due", "words"), ("lead@force.example", "Due", "other words")]
    assert list(doubled_mails(mails)) == []
    assert list(doubled_mails([*mails, mails[0]])) == ["2 mails of the same words: lead@force.example, Due"]


def test_a_letter_that_never_went_is_seen() -> None:
    """Each that an act leaves has to be kept by the post."""
    ledgers = {REF: whole().entries}
    keys = [one.key for one in told_by(ledgers[REF], None)]
    assert len(keys) > 2
    assert list(lost_letters(ledgers, keys)) == []
    assert list(lost_letters(ledgers, keys[1:])) == [f"no letter went: {keys[0]}"]


def test_notes_are_read_as_they_were_written_but_for_a_line_that_was_cut(tmp_path: Path) -> None:
    """An act that nobody heard of again is one whose outcome is not known."""
    book = Notebook(tmp_path / "notes.jsonl")
    book.says("begun", REF)
    first = book.asks(REF, "key-one-1", "Publish", "pages")
    book.told(first, Told("unknown", why="ConnectError"))
    book.told(book.asks(REF, "key-one-1", "Publish", "pages"), Told("receipt", 7, ("FindingsPublished",)))
    book.asks(REF, "key-two-2", "Pause", "desk")
    book.close()
    with (tmp_path / "notes.jsonl").open("a", encoding="utf8") as file:
        file.write(json.dumps({"what": "told"})[:9])
    notes = read([tmp_path / "notes.jsonl"])
    published, paused = notes.acts[REF, "key-one-1"], notes.acts[REF, "key-two-2"]
    assert (published.outcome, len(published.tries), published.receipts[0].version) == ("receipt", 2, 7)
    assert (paused.outcome, paused.tries[0].told) == ("unknown", None)
    assert notes.cycles == {REF: "begun"}


def test_a_seed_gives_the_same_faults_and_each_kind_comes() -> None:
    """And no part is killed oftener than the product says that it bears."""
    first: list[Any] = list(islice(faults(1), 400))
    assert first == list(islice(faults(1), 400))
    assert first != list(islice(faults(2), 400))
    assert {one.kind for one in first} == set(OFTEN)
    assert {part for one in first for part in one.parts} == set(PARTS)
    bearing = Bearing()
    killed = [bearing.spares(PARTS, second / 2) for second in range(120)]
    assert sum("web" in one for one in killed) == 3
