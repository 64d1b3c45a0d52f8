"""Pictures: all that they show is said in words, what is typed stays words, and colours can be told apart."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from web.pictures.ball import Held, ball, ball_table
from web.pictures.cards import Card, Figure, card, sparkline
from web.pictures.drawing import LATE, NAVY, PAIRS, PALE, PAPER
from web.pictures.frame import Cell, Table, framed, laid_out
from web.pictures.gantt import Bar, Lane, Timeline, gantt, gantt_table
from web.pictures.month import MOST, Entry, Month, month_table
from web.pictures.process import TOO_FEW, Box, Loop, Process, process, process_table
from web.pictures.quarters import Filled, Line, grid, quarter
from web.pictures.scrutinised import Covered, Scrutinised, scrutinised, scrutinised_table
from web.pictures.squares import Square, Theme, Tone, squares

EVIL = "<script>alert(\"1\")</script> & 'x'"
SVG = "{http://www.w3.org/2000/svg}"
ENOUGH, LARGE = 4.5, 3.0
"""WCAG 2.2: contrast of words, and of what is not words."""


def days(month: int, first: int, last: int) -> tuple[date, date]:
    """Two days of a month of 2026."""
    return date(2026, month, first), date(2026, month, last)


def a_timeline(title: str = EVIL) -> Timeline:
    """A cycle with a late answer, a step that goes on, one to come and one never begun."""
    late = Bar(*days(9, 1, 25), holder="force", days=18, late_from=date(2026, 9, 21), late_days=4)
    lanes = (
        Lane("Evidence", (late,), date(2026, 9, 21)),
        Lane(EVIL, (late,), date(2026, 9, 21), inner=True),
        Lane("Review", (Bar(*days(9, 25, 30), days=3, going_on=True),)),
        Lane("Decision", (Bar(*days(10, 1, 20), coming=True),), date(2026, 10, 20)),
        Lane("Publish", (), date(2026, 9, 28)),
    )
    return Timeline(title, date(2026, 9, 1), date(2026, 10, 20), date(2026, 9, 30), lanes)


def a_process(title: str = EVIL) -> Process:
    """Three steps: over target, within, and too few; with both ways back."""
    boxes = (Box("Evidence", 22, 15, 9), Box("Review", 2, 3, 9), Box(EVIL, None, None, 3))
    return Process(title, boxes, (Loop("Sent back", 0, 2, 3), Loop("More time", 0, 1, 1)), 9)


HELD = (Held(EVIL, {"office": 10, "force": 30, "commissioner": 6, "panel": 4}),)
CARD = Card("calls", EVIL, "%", (Figure("Q1", 88), Figure("Q2", 91.5)), 90)
COVERED = Covered(
    EVIL, date(2026, 1, 1), date(2026, 9, 1), date(2026, 12, 1),
    (Scrutinised("SWM-A-01", EVIL, (date(2026, 3, 2),), date(2026, 11, 2)), Scrutinised("SWM-A-02", "b")),
)  # fmt: skip
SQUARES = (Theme(EVIL, (Square("01", "0", EVIL),)),)
EVERY: dict[str, Callable[[], Markup]] = {
    "gantt": lambda: gantt(a_timeline()),
    "process": lambda: process(a_process()),
    "ball": lambda: ball(HELD, EVIL),
    "sparkline": lambda: sparkline(CARD),
    "scrutinised": lambda: scrutinised(COVERED, "c"),
    "squares": lambda: squares(SQUARES, {"0": Tone("?", EVIL, "#ffffff")}, EVIL),
}


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_is_one_image_with_its_title_and_all_its_words(name: str) -> None:
    """Well-formed, named by its title, described, with no style of its own and nothing typed as markup."""
    drawn = EVERY[name]()
    root = ET.fromstring(str(drawn))  # noqa: S314 - we drew it ourselves
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    ids = {one.get("id"): one for one in root.iter() if one.get("id")}
    assert [ids[one].tag for one in named] == [f"{SVG}title", f"{SVG}desc"]
    assert all((ids[one].text or "").strip() for one in named)
    assert EVIL in (ids[named[0]].text or "")
    assert not [one for one in root.iter() if one.get("style") or one.tag == f"{SVG}script"]


@pytest.mark.parametrize("name", EVERY)
def test_every_fill_that_is_named_is_there(name: str) -> None:
    """A hatch that a bar is filled with is defined in the same picture, under a name of its own."""
    drawn = str(EVERY[name]())
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(re.findall(r' id="([^"]+)"', drawn))


def test_a_timeline_says_in_words_what_was_late_goes_on_comes_and_was_not_begun() -> None:
    """Each of the four states has words in the description, and a mark in the picture besides its colour."""
    drawn = str(gantt(a_timeline()))
    for said in (
        "late by 4 working days", "and goes on", "to come, from Thursday 1 October 2026",
        "due by Monday 28 September 2026; not begun", "today is Wednesday 30 September 2026",
    ):  # fmt: skip
        assert said in drawn
    assert 'fill="url(#timeline-late)"' in drawn
    assert "stroke-dasharray" in drawn
    assert ">4 days late</text>" in drawn
    assert ">not begun</text>" in drawn


def test_nothing_to_draw_draws_nothing() -> None:
    """Without a day, a cycle, a share, a figure or a commitment there is no empty frame."""
    empty = Timeline("t", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1), (Lane("x"),))
    nothing = (
        gantt(empty), process(Process("t", (), (), 0)), ball((Held("x", {}),), "t"),
        sparkline(Card("c", "t", "", (Figure("Q1", 1),))), card(Card("c", "t", "", ())),
        scrutinised(Covered("t", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1), ()), "x"),
        grid("t", ("a",), ()),
    )  # fmt: skip
    assert [str(one) for one in nothing] == [""] * len(nothing)
    assert framed(Markup(""), Table("t", (), ()), label="t") == ""


def test_a_process_hatches_what_is_over_its_target_and_never_shows_too_few() -> None:
    """Over target is said, hatched and named; a step with too few cycles has no number."""
    drawn = str(process(a_process()))
    assert "median 22 working days, target 15, over it" in drawn
    assert drawn.count('fill="url(#process-over)"') == 1
    assert TOO_FEW in drawn
    assert "Sent back: 3 times in 2 cycles." in drawn


def test_shares_in_the_words_add_up_to_a_hundred() -> None:
    """Whatever the days, the four per cents of a bar are a whole."""
    for days_of in ({"office": 1, "force": 1, "panel": 1}, {"office": 1, "force": 999}, {"commissioner": 7}):
        drawn = str(ball((Held("x", dict(days_of)),), "t"))
        desc = re.search(r"<desc[^>]*>(.*?)</desc>", drawn)
        assert desc
        assert sum(int(one) for one in re.findall(r"(\d+) per cent", desc[1])) == 100


TABLES = (
    gantt_table(a_timeline()), process_table(a_process()), ball_table(HELD, "t"), scrutinised_table(COVERED),
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.caption[:6])
def test_a_table_has_a_head_for_every_cell_and_escapes_what_was_typed(table: Table) -> None:
    """As many cells in each row as heads, the first of them heading the row."""
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.heads)}
    drawn = str(laid_out(table))
    assert drawn.count('scope="row"') == len(table.rows)
    assert "<script>" not in drawn


def test_a_framed_picture_scrolls_by_keyboard_and_has_its_table_beneath() -> None:
    """A region with a name that can hold the focus, and "See this as a table" behind it."""
    drawn = str(framed(gantt(a_timeline()), gantt_table(a_timeline()), label=EVIL))
    assert drawn.count('role="region" tabindex="0"') == 2
    assert drawn.index("<svg") < drawn.index("See this as a table") < drawn.index("<table")
    assert "<script>" not in drawn
    linked = str(laid_out(Table("t", ("a",), ((Cell("x", '"><b>'),),))))
    assert "<b>" not in linked


def test_a_full_day_folds_and_a_holiday_is_named() -> None:
    """More than three entries go behind a summary that says how many; today and holidays are words."""
    on = date(2026, 12, 25)
    entries = tuple(Entry(on, f"1{n}:00", "own", "Evidence", f"{EVIL}{n}", "/x") for n in range(MOST + 2))
    month = Month(2026, 12, on, entries, {on: "Christmas Day"}, frozenset({on}))
    drawn = str(month_table(month, "December 2026"))
    assert "<summary>2 more<span" in drawn
    assert "Christmas Day" in drawn
    assert "<strong>Today</strong>" in drawn
    assert "Too much for one day" in drawn
    assert "<script>" not in drawn
    assert drawn.count("<td") == 35


def test_a_grid_says_each_cell_in_words() -> None:
    """A colour is never alone: the words stand in the cell."""
    line = Line(EVIL, EVIL, (Filled("Red", "bad", more=EVIL),))
    drawn = str(grid("t", (quarter(date(2026, 10, 1)),), (line,)))
    assert ">Q3 2026-27</th>" in drawn
    assert '<td class="tone tone--bad">Red' in drawn
    assert "<script>" not in drawn


def brightness(colour: str) -> float:
    """The relative luminance of a colour, by WCAG."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, by WCAG."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", PAIRS)
def test_words_can_be_read_on_their_paper(name: str) -> None:
    """Every pair of the palette reaches 4.5 to 1."""
    assert contrast(*PAIRS[name]) >= ENOUGH


def test_bars_can_be_told_apart() -> None:
    """Force from office, and both edges from the paper, by 3 to 1."""
    assert contrast(NAVY, PALE) >= LARGE
    assert contrast(NAVY, PAPER) >= LARGE
    assert contrast(LATE, PAPER) >= LARGE
