"""Every page of the product is looked at, in every state in which it is met."""

from datetime import date

import pytest

from reference.accessibility import FILE, accessibility
from scripts.accessibility import Counted, noted
from tests.screens.registry import SCREENS, address_of, pages
from tests.screens.stage import KINDS, Screen

FOR_EVERYBODY = {"About, accessibility, privacy", "How long there is"}
"""Screens that ask the record nothing."""


def test_every_page_of_the_product_is_looked_at() -> None:
    """A new address is put into a screen's row with its states."""
    looked_at = {address_of(state.path) for screen in SCREENS for state in screen.states}
    missing = sorted(set(pages()) - looked_at)
    assert not missing, f"no state of tests/screens looks at {', '.join(missing)}: give each a row"


def test_every_address_of_a_screen_is_one_of_the_product() -> None:
    """An address that went away takes its row along, and each that stands in a row is looked at."""
    every, wrong = pages(), []
    for screen in SCREENS:
        own = {address_of(state.path) for state in screen.states}
        wrong += [f"{screen.name} names {one}, which is no page" for one in screen.routes if one not in every]
        wrong += [
            f"{screen.name} names {one} and no state of it is there"
            for one in screen.routes
            if one not in own
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("screen", SCREENS, ids=[one.name for one in SCREENS])
def test_a_screen_has_every_state_in_which_it_is_met(screen: Screen) -> None:
    """As it mostly is; with wrong input, at a wrong address and without the record where that can be."""
    kinds, every = {one.kind for one in screen.states}, pages()
    assert kinds <= set(KINDS)
    needed = {"normal": "as it mostly is"} if screen.name != "Late now and follow" else {}
    if any(every.get(one) for one in screen.routes):
        needed["wrong"] = "with something wrong typed in"
    if any("{" in one for one in screen.routes):
        needed["missing"] = "for a thing that is not there"
    if screen.name not in {*FOR_EVERYBODY, "Panel", "Sign in"}:
        needed["down"] = "while the record is away"
    missing = [
        f"{screen.name} is not looked at {words}" for kind, words in needed.items() if kind not in kinds
    ]
    assert not missing, "\n".join(missing)


def test_each_state_has_a_name_of_its_own_and_every_kind_is_there() -> None:
    """Files and reports go by the names; no kind of state is forgotten altogether."""
    names = [state.name for screen in SCREENS for state in screen.states]
    assert len(names) == len(set(names))
    assert {state.kind for screen in SCREENS for state in screen.states} == set(KINDS)


def test_the_accessibility_statement_says_what_is_looked_at() -> None:
    """It goes stale with the screens and their states, never by its age."""
    tested, states = accessibility().tested, sum(len(one.states) for one in SCREENS)
    assert (tested.screens, tested.pages) == (len(SCREENS), states), (
        "the statement is older than the screens: run  make screens"
    )
    assert tested.violations == 0


def test_a_sweep_writes_its_own_lines_of_the_statement_and_no_others() -> None:
    """What people wrote stays to the letter; a file without such a line is not written at all."""
    text, counted = FILE.read_text(encoding="utf-8"), Counted(date(2027, 3, 1), 3, 40, 2, '"9.9.9"')
    made = noted(text, counted)
    for line in (
        "  last_on: 2027-03-01",
        "  screens: 3 ",
        "  pages: 40 ",
        "  violations: 2 ",
        '  axe: "9.9.9"',
    ):
        assert line in made
    assert made.partition("not_accessible:")[2] == text.partition("not_accessible:")[2]
    with pytest.raises(ValueError, match="no line for screens"):
        noted(text.replace("  screens:", "  screen:"), counted)
