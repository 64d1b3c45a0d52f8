"""Which versions of a return stand together, and that their files are all published."""

from typing import Any

from rules.explaining.standing import standing
from rules.publishing.publication import public_facts
from schemas.evidence import FileItem
from tests import scenario as s
from tests.rules import acts, request_acts
from tests.rules.table import Table, opened

TWO = (s.say("Volumes"), s.say("Reasons"))


def file(letter: str) -> FileItem:
    """A file of which only the digest matters."""
    return FileItem(digest=letter * 64, size=10, media_type="text/csv", name=s.say(f"{letter}.csv"))


def submit(letter: str, *parts: int, **facts: Any) -> Any:
    """A return of one file, with the parts that it answers."""
    return s.submit(acts.REF, items=(file(letter),), parts=parts, **facts)


def send_back(*parts: int) -> Any:
    """Sent back in these parts, or as a whole."""
    return s.send_back(acts.REF).model_copy(update={"parts": parts})


def asked(*points: str) -> Table:
    """One request with points of its own."""
    return opened(s.draft().model_copy(update={"asked": points or TWO}))


def stands(table: Table) -> list[int]:
    """The versions that stand."""
    return [one.version for one in standing(table.request())]


def files(table: Table) -> list[str]:
    """The first letters of the files that would be published."""
    table.do(s.findings(acts.REF)) if not table.cycle.findings else None
    [facts] = public_facts(table.cycle, table.cycle.findings[-1])["evidence"]
    return [one[0] for one in facts["files"]]


def heard(table: Table) -> Table:
    """The same once its session was held."""
    table.now = table.after(40, "17:00")
    table.do(s.attendance(acts.REF))
    return table


def test_the_files_of_every_part_are_published() -> None:
    """What came first still answers its part, whether or not the second names its own."""
    for parts in ((2,), ()):
        table = asked()
        table.do(submit("a", 1, partial=True), submit("b", *parts))
        assert files(heard(table)) == ["a", "b"]


def test_what_was_sent_back_in_a_part_leaves_the_rest_standing() -> None:
    """The version before still answers the part that had no gap; a file that came again is named once."""
    table = asked()
    table.do(submit("a"), send_back(2), submit("b", 2))
    assert stands(table) == [1, 2]
    table.do(send_back(2), submit("a", 2))
    assert stands(table) == [1, 3]
    assert files(heard(table)) == ["a"]


def test_what_was_sent_back_as_a_whole_stands_no_more() -> None:
    """Nor does a part that came again."""
    table = asked()
    table.do(submit("a", 1, partial=True), submit("b", 2), send_back(), submit("c"))
    assert stands(table) == [3]
    table = asked()
    table.do(submit("a", 1, partial=True), submit("b", 1, partial=True), submit("c", 2))
    assert files(heard(table)) == ["b", "c"]


def test_without_parts_the_newest_version_alone_is_published() -> None:
    """As it always was: a fingerprint of such a cycle is the same for ever."""
    for points in (TWO, ()):
        table = opened(s.draft().model_copy(update={"asked": points}))
        table.do(submit("a", partial=True), submit("b"))
        assert stands(table) == [2]
        table.do(s.send_back(acts.REF))
        assert stands(table) == [2]
        table.do(submit("c"))
        assert files(heard(table)) == ["c"]


def test_a_point_keeps_its_answer_when_the_request_is_amended() -> None:
    """It is known by its words, whatever its number; what is no longer asked stands no more."""
    table = asked()
    table.do(submit("a"))
    table.wait(minutes=1)
    table.do(request_acts.amend(asked=(s.say("Outcomes"), TWO[1])))
    table.wait(minutes=1)
    table.do(submit("b", 1))
    assert stands(table) == [1, 2]
    table.wait(minutes=1)
    table.do(request_acts.amend(asked=(s.say("Outcomes"),)))
    assert stands(table) == [2]


def test_a_withheld_file_of_an_earlier_part_stays_out() -> None:
    """Whatever the version that it came with."""
    table = asked()
    table.do(submit("a", 1, partial=True), submit("b", 2))
    claim = request_acts.claim_sensitive(s.date_after(table.now, 90))
    table.do(claim.model_copy(update={"version": 1, "item": 1}))
    assert files(heard(table)) == ["b"]
