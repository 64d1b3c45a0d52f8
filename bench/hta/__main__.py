"""`python -m bench.hta`: the product beside a bare workflow and beside its peers, on one workload (ADR 0034).

Every measure of every system begins with everything fresh: a database, the system's own server, its worker.
Systems take turns within each run, and each figure is the median of the runs.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bench.hta.ground import SYSTEMS, Postgres, System, installed, postgres, standing
from bench.hta.page import write_page
from bench.hta.plan import FULL, MEASURES, QUICK, Plan
from bench.hta.results import FLOOR, Record, Results, described
from bench.hta.running import drive, measured, sizes
from bench.hta.shapes import write_shapes

OUT = Path("build/hta")


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.hta", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="seconds for each measure: does everything work?")
    size.add_argument("--full", action="store_true", help="the figures; hours")
    size.add_argument(
        "--check", action="store_true", help="no figures: is each act of each system there once?"
    )
    size.add_argument("--page", type=Path, metavar="JSON", help="only make the page again from results")
    parser.add_argument("--runs", type=int, help="medians of so many")
    parser.add_argument("--systems", default="", help="some of: " + ",".join(one.name for one in SYSTEMS))
    parser.add_argument("--measures", default="", help="some of: " + ",".join(MEASURES))
    parser.add_argument("--rates", type=numbers, help="acts a second for latency, as 10,50")
    parser.add_argument("--timers", type=numbers, help="how many timers due in one minute, as 1000,10000")
    parser.add_argument("--waiting", type=numbers, help="how many waiting cycles, as 1000,10000,50000")
    parser.add_argument("--heavy-runs", type=int, help="runs of timers and waiting cycles from 5,000 on")
    parser.add_argument("--out", type=Path, default=OUT, help="where results.json and page.html go")
    return parser.parse_args()


def plan_of(asked: argparse.Namespace) -> Plan:
    """The plan with what was asked for otherwise."""
    plan = FULL if asked.full else QUICK
    return replace(
        plan,
        runs=asked.runs or plan.runs,
        heavy_runs=asked.heavy_runs or plan.heavy_runs,
        rates=asked.rates or plan.rates,
        timers=asked.timers or plan.timers,
        waiting=asked.waiting or plan.waiting,
    )


def numbers(words: str) -> tuple[int, ...]:
    """Numbers with commas between them."""
    return tuple(int(one) for one in words.split(",")) if words else ()


def chosen(words: str) -> list[System]:
    """The systems that were named and are installed, the floor first."""
    wanted = words.split(",") if words else [one.name for one in SYSTEMS]
    known = {one.name for one in SYSTEMS}
    if unknown := set(wanted) - known:
        sys.exit(f"There is no system {', '.join(sorted(unknown))}. Choose from {', '.join(sorted(known))}.")
    found = installed([one for one in SYSTEMS if one.name in wanted])
    if missing := sorted(set(wanted) - {one.name for one in found}):
        print(f"not installed and left out: {', '.join(missing)}. `make bench-peers` installs them.")
    return found


async def shaped(on: Postgres, path: Path) -> None:
    """Give the floor the product's shapes."""
    product = next(one for one in SYSTEMS if one.name == "product")
    async with standing(product, on, path) as stands:
        kinds = await write_shapes(stands.where, path)
    straight = kinds["straight"]
    print(f"the product's history of a straight cycle: {sum(straight.values())} events: {dict(straight)}")


async def check(on: Postgres, systems: list[System], shapes: Path) -> None:
    """Every act twice, every cycle whole."""
    for system in systems:
        async with standing(system, on, shapes) as stands:
            facts = await drive(stands, "check", QUICK, count=10, lanes=5)
        print(f"{system.name:9s} {facts}", flush=True)


@dataclass
class Bench:
    """What a bench has: its ground, who takes part, the floor's shapes, the plan, and where results go."""

    on: Postgres
    systems: list[System]
    shapes: Path
    plan: Plan
    results: Results

    async def take(self) -> None:
        """Every measure, every run, every system in turn."""
        for measure in self.results.measures:
            for size in sizes(measure, self.plan):
                for run in range(self.plan.runs_of(size)):
                    for system in self.systems:
                        await self._one(system, Record(system.name, measure, size, run))
                print(self.results.said(measure, size), flush=True)

    async def _one(self, system: System, record: Record) -> None:
        began, named = time.monotonic(), f"{record.measure} {record.size or ''} {system.name}"
        try:
            record.facts = await measured(
                system, self.on, self.shapes, self.plan, measure=record.measure, size=record.size
            )
        except Exception as trouble:  # noqa: BLE001 - what one cannot do is a result, and the others go on
            record.trouble = f"{type(trouble).__name__}: {trouble}"
            print(f"  {named}: {record.trouble}", flush=True)
        print(f"  {named} run {record.run + 1}: {time.monotonic() - began:.0f} s", flush=True)
        self.results.add(record)


async def main() -> None:
    """Run what was asked for."""
    asked = options()
    if asked.page:
        write_page(Results.read(asked.page), asked.page.with_name("page.html"))
        return
    logging.disable(logging.WARNING)
    plan, systems = plan_of(asked), chosen(asked.systems)
    measures = tuple(asked.measures.split(",")) if asked.measures else MEASURES
    with tempfile.TemporaryDirectory() as folder:
        shapes = Path(folder) / "shapes.json"
        async with postgres() as on:
            if systems[0].name == FLOOR:
                await shaped(on, shapes)
            if asked.check:
                await check(on, systems, shapes)
                return
            await asyncio.to_thread(asked.out.mkdir, parents=True, exist_ok=True)
            results = Results(described(plan), measures, asked.out / "results.json")
            await Bench(on, systems, shapes, plan, results).take()
    write_page(results, asked.out / "page.html")
    print(json.dumps({"results": str(asked.out / "results.json"), "page": str(asked.out / "page.html")}))


if __name__ == "__main__":
    asyncio.run(main())
