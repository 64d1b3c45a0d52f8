"""`python -m bench.growth`: what an act, a cycle and a board cost among 1,000, 10,000 and 100,000 cycles.

One store grows from size to size. At each, whole cycles are written by the ledger, act by act, and the same
entries by bare inserts in turn with them (the floor); then the boards are asked for as an officer's pages
ask for them, behind the walls. What was measured is written down at once: with `--keep` a run that was
stopped goes on where it was. The worker and Temporal have no part in it (`bench.hta` measures them).
"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from bench.clock import instant
from bench.growth.filling import grow, store
from bench.growth.measuring import Sizes, boards, kept, written
from bench.growth.page import said, write_page
from bench.stand import machine
from store.pool import Pool

FULL, QUICK = (1_000, 10_000, 100_000), (200, 500)
OUT = Path("build/growth")


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small: does everything work?")
    parser.add_argument("--sizes", help="how many cycles, as 1000,10000,100000")
    parser.add_argument("--rounds", type=int, help="medians of so many; 7, or 2 with --quick")
    parser.add_argument("--cycles", type=int, help="cycles written in a round; 20, or 3 with --quick")
    parser.add_argument(
        "--asks", type=int, help="how often a round asks for each board; 15, or 5 with --quick"
    )
    parser.add_argument("--keep", type=Path, help="a folder in which the store stays for the next run")
    parser.add_argument("--out", type=Path, default=OUT, help="where results.json, page.html and page.svg go")
    parser.add_argument("--page", action="store_true", help="only make the page again from results.json")
    return parser.parse_args()


def sizes_of(asked: argparse.Namespace) -> tuple[tuple[int, ...], Sizes]:
    """How many cycles, and how much is measured at each."""
    rounds, cycles, asks = (2, 3, 5) if asked.quick else (7, 20, 15)
    numbers: tuple[int, ...] = QUICK if asked.quick else FULL
    if asked.sizes:
        numbers = tuple(sorted(int(one) for one in asked.sizes.split(",")))
    return numbers, Sizes(asked.rounds or rounds, asked.cycles or cycles, asked.asks or asks)


def about(sizes: Sizes) -> str:
    """The machine and the plan in one line."""
    load = ", ".join(f"{one:.1f}" for one in psutil.getloadavg())
    return (
        f"{instant().isoformat()}. {machine()}; load when it began {load}; embedded PostgreSQL with its own "
        f"settings. {sizes.rounds} rounds of {sizes.cycles} cycles."
    )


async def measured(pool: Pool, database: str, cycles: int, sizes: Sizes, first: int) -> dict[str, Any]:
    """Fill to one size and measure there."""
    before = await kept(pool)
    facts: dict[str, Any] = {"cycles": cycles, "before": before, "filled_s": await grow(pool, cycles)}
    began = time.monotonic()
    facts["kept"] = await kept(pool)
    facts["acts"] = await written(database, sizes, first)
    facts["boards"] = await boards(database, sizes)
    return {**facts, "measured_s": time.monotonic() - began}


def results_so_far(asked: argparse.Namespace, sizes: Sizes) -> dict[str, Any]:
    """What an earlier run on the same kept store measured; nothing without one."""
    written_down = asked.keep and asked.keep / "results.json"
    if written_down and written_down.exists():
        found: dict[str, Any] = json.loads(written_down.read_text(encoding="utf-8"))
        return found
    return {"about": about(sizes), "sizes": []}


def write(results: dict[str, Any], asked: argparse.Namespace) -> None:
    """Results and page, after each size."""
    text = json.dumps(results, indent=1)
    asked.out.mkdir(parents=True, exist_ok=True)
    for folder in (asked.out, asked.keep):
        if folder:
            (folder / "results.json").write_text(text, encoding="utf-8")
    write_page(results, asked.out / "page.html")


async def main() -> None:
    """Every size in turn."""
    asked = options()
    if asked.page:
        found = json.loads((asked.out / "results.json").read_text(encoding="utf-8"))
        write_page(found, asked.out / "page.html")
        print(said(found["sizes"]))
        return
    numbers, sizes = sizes_of(asked)
    results = results_so_far(asked, sizes)
    done = {one["cycles"] for one in results["sizes"]}
    print(results["about"], flush=True)
    async with store(asked.keep) as (pool, database):
        for cycles in (one for one in numbers if one > max(done, default=0)):
            first = await next_number(pool)
            results["sizes"].append(await measured(pool, database, cycles, sizes, first))
            write(results, asked)
            print(said(results["sizes"]), flush=True)


async def next_number(pool: Pool) -> int:
    """The first number that no measured cycle has."""
    newest = await pool.fetchval(
        "select max(reference) from cycles where starts_with(reference, 'HTA-2029-')"
    )
    return int(newest.rpartition("-")[2]) + 1 if newest else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
