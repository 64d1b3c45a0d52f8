"""HTA-bench: its workload is the same for everybody, and its page says what the JSON says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bench.hta.page import guarantees, write_page
from bench.hta.plots import Bar, bars
from bench.hta.results import Record, Results
from bench.hta.workload import ACTIONS, LADDER, OF_TEN, QUESTIONS, cycles, of_way, ways


def test_the_same_seed_gives_the_same_cycles() -> None:
    """Whoever runs it, and in whatever parcels, every system gets the same acts."""
    whole = list(cycles(7, 50))
    assert whole == [*cycles(7, 20), *cycles(7, 30, first=20)]
    assert [one.way for one in whole] != [one.way for one in cycles(8, 50)]


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_the_stated_shares_hold_in_every_ten(seed: int) -> None:
    """Three returns of ten are sent back, one cycle is suspended and two are extended."""
    given = list(cycles(seed, 200))
    for start in range(0, 200, 10):
        happened = Counter(part for one in given[start : start + 10] for part in one.way.split("+"))
        assert {name: happened[name] for name in OF_TEN} == {"sent_back": 3, "suspended": 1, "extended": 2}


def test_each_way_has_its_acts_in_an_order_that_ends() -> None:
    """An opening with its questions, three actions, publication, one last act, numbered without a gap."""
    for happens in ways():
        acts = of_way(1, happens).acts
        assert [one.number for one in acts] == list(range(1, len(acts) + 1))
        assert [one.last for one in acts].count(True) == 1
        assert acts[-1].last
        assert len(acts[0].words) == QUESTIONS
        names = Counter(one.name for one in acts)
        assert names["action_verified"] == ACTIONS
        assert names["published"] == 1
        assert names["returned"] == 1 + ("sent_back" in happens)
        assert names["extension_granted"] == ("extended" in happens)
        assert names["resumed"] == ("suspended" in happens)


def test_the_ladder_follows_the_due_day() -> None:
    """Rungs fall around the due day; they move with an extension and by ten days with a suspension."""
    opened, _asked, granted, suspended, resumed = of_way(1, ("suspended", "extended")).acts[:5]
    assert opened.rungs() == tuple(20 + one for one in LADDER)
    assert granted.rungs() == tuple(25 + one for one in LADDER)
    assert suspended.rungs() == ()
    assert resumed.rungs() == tuple(35 + one for one in LADDER)


def results(path: Path) -> Results:
    """Two runs of two systems, and one trouble."""
    found = Results(
        {"at": "2026-11-23", "machine": "m", "versions": {"dbos": "3"}, "plan": {"name": "quick", "runs": 2}},
        ("throughput",),
        path,
    )
    found.about["plan"] |= {"heavy_runs": 1, "heavy_from": 5_000}
    for run, (floor, product) in enumerate([(2.0, 1.0), (8.0, 2.0), (4.0, 4.0)]):
        found.add(Record("bare", "throughput", 0, run, {"cycles_per_second": floor}))
        found.add(Record("product", "throughput", 0, run, {"cycles_per_second": product}))
    found.add(Record("dbos", "throughput", 0, 0, {}, "RuntimeError: <gone>"))
    return found


def test_medians_and_ratios_are_taken_run_by_run(tmp_path: Path) -> None:
    """A ratio compares what stood side by side, not medians of different runs; the file gives them back."""
    results(tmp_path / "results.json")
    again = Results.read(tmp_path / "results.json")
    assert again.median("product", "throughput", 0, "cycles_per_second") == 2.0
    assert again.ratio("product", "throughput", 0, "cycles_per_second") == 0.5
    assert again.median("dbos", "throughput", 0, "cycles_per_second") is None


def test_the_page_stands_alone_and_says_what_failed(tmp_path: Path) -> None:
    """Plots are inside, nothing is fetched, what failed is written, and what is quoted cannot break it."""
    write_page(results(tmp_path / "results.json"), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "2 (0.50)" in page
    assert "RuntimeError: &lt;gone&gt;" in page
    assert not re.search(r"<(?:script|link|img|iframe)|https?://", page)


def test_bars_that_differ_a_lot_say_that_their_scale_is_logarithmic() -> None:
    """A length that is not in proportion is never shown without a word."""
    assert "logarithmic" in bars("x", [Bar("bare", 1.0), Bar("dbos", 1000.0)])
    assert "logarithmic" not in bars("x", [Bar("bare", 1.0), Bar("dbos", 2.0)])
    assert "logarithmic" not in bars("x", [Bar("bare", 0.0), Bar("dbos", 1000.0)])


def test_every_system_says_what_it_promises() -> None:
    """The same questions are answered for each, in words."""
    known = guarantees()
    for answers in known["systems"].values():
        assert answers.keys() == known["columns"].keys()
        assert all(isinstance(one, str) for one in answers.values())
