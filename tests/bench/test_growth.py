"""The bench of growth: its chart says what its results say; what is measured is what the worker writes."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.clock import instant
from bench.growth.filling import told_before
from bench.growth.lines import Line, chart
from bench.growth.measuring import in_turn, told
from bench.growth.page import bytes_each, median, ratio, said, write_page


def size(cycles: int, act: float) -> dict[str, Any]:
    """What one size might have given."""
    facts = {"ms": act, "p95_ms": act, "buffers": 300, "wal": 10_000, "pages": 0, "statements": 1}
    floor = {f"floor_{name}": value / 4 for name, value in facts.items()}
    boards = ("late_now", "due_soon", "history", "late_in_public", "smallest")
    return {
        "cycles": cycles,
        "filled_s": 1.0,
        "measured_s": 2.0,
        "before": {"cycles": 0, "bytes": 9_000_000},
        "kept": {"cycles": cycles, "bytes": 9_000_000 + 60_000 * cycles}
        | dict.fromkeys(("open", "entries", "requests", "owed"), cycles),
        "acts": [{**facts, **floor}, {**facts, **floor, "ms": 3 * act}, {**facts, **floor}],
        "boards": [{f"{name}_ms": act for name in boards}],
    }


def test_medians_and_ratios_are_of_one_round_each() -> None:
    """A ratio compares what stood side by side; a floor of nothing gives none; empty tables do not count."""
    found = size(100, 4.0)
    assert median(found, "acts", "ms") == 4.0
    assert ratio(found, "ms") == 4.0
    assert ratio(found, "pages") is None
    assert bytes_each(found) == 60_000


def test_the_page_stands_alone_with_every_line_and_number(tmp_path: Path) -> None:
    """The chart is in the page and beside it as a file; nothing is fetched."""
    write_page({"about": "a <machine>", "sizes": [size(100, 4.0), size(1_000, 5.0)]}, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "an act, ms: 4, 5" in page
    assert "a &lt;machine&gt;" in page
    assert not re.search(r"<(?:script|link|img|iframe)|https?://", page)
    assert (tmp_path / "page.svg").read_text(encoding="utf-8").startswith('<svg xmlns="http')
    assert "4 (1, 4.00)" in said([size(100, 4.0)])


def test_names_of_lines_never_lie_on_each_other() -> None:
    """Lines that end at the same height are named one under the other; what cannot be drawn is left out."""
    lines = [Line(str(number), ((1, 5.0), (10, 5.0))) for number in range(6)]
    heights = [float(one) for one in re.findall(r'y="([\d.]+)">\d: 5', chart("t", "x", lines))]
    assert len(heights) == 6
    assert all(b - a >= 18 for a, b in pairwise(heights))
    assert chart("t", "x", [Line("none", ((1, 0.0),))]) == ""


def test_what_is_measured_are_whole_cycles_in_turn() -> None:
    """Each cycle's acts come in their order, and between two of one cycle come those of the others."""
    cycles = told(range(1, 4), instant())
    given = list(in_turn(cycles))
    assert len(given) == sum(len(one) for one in cycles)
    assert [one.entries[0].cycle for one in given[:3]] == ["HTA-2029-0001", "HTA-2029-0002", "HTA-2029-0003"]
    for reference in ("HTA-2029-0001", "HTA-2029-0003"):
        versions = [e.version for one in given for e in one.entries if e.cycle == reference]
        assert versions == list(range(1, len(versions) + 1))


def test_a_kept_store_is_filled_on_from_the_templates_that_it_has() -> None:
    """Their references are counted again in the order in which they were told."""
    found = list(told_before(instant()))
    assert [one.reference for one in found][:2] == ["HTA-2026-01", "HTA-2026-02"]
    assert len({one.reference for one in found}) == len(found)
    assert all(one.weight for one in found)
