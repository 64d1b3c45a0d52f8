"""docs/asvs.md holds: every requirement is there, and every test and file that it names exists."""

import ast
from collections import Counter
from functools import cache

import pytest

from scripts.asvs_document import AGAIN, DOCUMENT, ORDER, Row, document, main, standing
from tests.house.test_sizes import ROOT

ROWS = standing().rows
NEEDS_TESTS = {"met"}
MAY_HAVE_TESTS = {"met", "partly", "the office's"}
LONGEST = 40
"""Words that one row may say of a requirement: it is ours, and no part of the standard."""


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests of a file, by name."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(one.name for one in functions if one.name.startswith("test_"))


def test_every_requirement_of_both_levels_is_there_once_and_in_order() -> None:
    """As many of each level as the edition has, each chapter and section counted through from one."""
    assert Counter(row.level for row in ROWS) == standing().requirements
    places = [row.place for row in ROWS]
    assert places == sorted(set(places))
    assert {place[0] for place in places} == set(standing().chapters) == set(range(1, 18))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_its_tests_or_says_honestly_what_it_lacks(row: Row) -> None:
    """What is called met is proved by tests that there are; everything else says why it is not."""
    if row.said in NEEDS_TESTS:
        assert row.tests, f"{row.id} is called met and nothing proves it"
        assert row.file, f"{row.id} does not say where"
    if row.said not in MAY_HAVE_TESTS:
        assert not row.tests, f"{row.id} is {row.said} and names a test"
    for named in row.tests:
        file, _, name = named.partition("::")
        assert (ROOT / file).is_file(), f"{row.id} names {file}, which is not there"
        assert name in names_in(file), f"{row.id} names {named}, which is not there"
    assert row.file is None or (ROOT / row.file).exists(), f"{row.id} names {row.file}, which is not there"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_in_our_own_few_words(row: Row) -> None:
    """The standard is named and not copied: it always begins with the same words, and is long."""
    assert "Verify" not in row.what + row.how
    assert len(row.what.split()) <= LONGEST // 2
    assert len(row.how.split()) <= LONGEST


def test_the_document_is_current() -> None:
    """A changed row is written down with it."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(), f"make it anew: {AGAIN}"
    assert main(["--check"]) == 0


def test_what_is_missing_stands_first() -> None:
    """Nobody has to look for it among what is met."""
    text = document()
    missing = text[text.index("## What is missing") : text.index("## V1 ")]
    for row in ROWS:
        assert (f"| {row.id} " in missing) is (row.said in ("not met", "partly"))
    assert all(f"| {one} |" in text for one in ORDER)
