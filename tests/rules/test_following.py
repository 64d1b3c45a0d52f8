"""What may be followed and asked, how long it is kept, and what is refused with which words."""

from datetime import timedelta

import pytest

from reference.catalogue import plan
from rules.publishing.following import asked, followed, forgotten, late_before, since, too_many
from tests.rules.table import MONDAY, refused


def test_an_address_is_kept_as_its_host_is_written_everywhere() -> None:
    """The part before the @ is the mailbox's own; blanks around it were not meant."""
    assert followed(" A.b+c@Example.ORG ", "all", None) == ("A.b+c@example.org", "all")


@pytest.mark.parametrize(
    "what", ["late", "objective:reassuring", "commitment:SWM-REASSURE-01", "cycle:HTA-2026-07"]
)
def test_what_the_plan_and_the_record_know_can_be_followed(what: str) -> None:
    """Everything, what is late, an objective, a commitment or a cycle."""
    assert followed("a@example.org", what, plan()) == ("a@example.org", what)


@pytest.mark.parametrize("what", ["", "x", "objective:x", "commitment:x", "cycle:x", "objective:", "all:x"])
def test_nothing_else_can(what: str) -> None:
    """Also nothing of a plan that is not there."""
    refused(followed("a@example.org", what, plan()), "what_unknown")
    refused(followed("a@example.org", "objective:reassuring", None), "what_unknown")


@pytest.mark.parametrize("address", ["a", "a@b", "a b@example.org", "a@example.org\nx", "a@-.org", "@x.org"])
def test_what_is_no_address_is_refused_with_an_example(address: str) -> None:
    """So is one that is longer than addresses are, and none."""
    refused(followed(address, "all", None), "address_wrong")
    refused(followed("a" * 250 + "@example.org", "all", None), "address_wrong")
    refused(followed(" ", "all", None), "address_missing")


def test_a_question_has_words_and_not_too_many() -> None:
    """Its asker's name too."""
    assert asked("Why?", "") is None
    refused(asked("  ", ""), "question_missing")
    refused(asked("x" * 2001, ""), "question_long")
    refused(asked("Why?", "n" * 81), "name_long")
    refused(too_many(), "too_many")


def test_nothing_is_kept_longer_than_is_said() -> None:
    """Seven days, ninety, thirty; an hour counts towards the limit; a quarter of one is not late."""
    assert [MONDAY - one for one in forgotten(MONDAY)] == [timedelta(days=n) for n in (7, 90, 30)]
    assert MONDAY - since(MONDAY) == timedelta(hours=1)
    assert MONDAY - late_before(MONDAY) == timedelta(minutes=15)
