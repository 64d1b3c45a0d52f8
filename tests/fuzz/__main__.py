"""So many inputs to everything that reads what others send: `make fuzz INPUTS=100000 SEED=1`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from tests.fuzz.running import Fed, feed
from tests.fuzz.targets import TARGETS

WHOLE = sum(one.share for one in TARGETS)
OUT = Path(__file__).parents[2] / "build" / "fuzz.json"
AT_ONCE = 5_000
"""Inputs of one seed: what was tried is kept in memory until then."""


def main(
    *,
    inputs: Annotated[int, typer.Option()] = 100_000,
    seed: Annotated[int, typer.Option()] = 1,
    only: Annotated[str, typer.Option(help="Only readers with this in their name.")] = "",
    out: Annotated[Path, typer.Option()] = OUT,
) -> None:
    """Feed every reader its share and write down what came of it; 1 where something was wrong."""
    told: list[dict[str, Any]] = []
    for target in TARGETS:
        left, number = -(-inputs * target.share // WHOLE) if only in target.name else 0, seed
        while left > 0:
            fed = feed(target, min(left, AT_ONCE), number)
            told.append(_line(fed, number))
            left, number = left - AT_ONCE, number + 1
    found = {"inputs": sum(one["inputs"] for one in told), "seed": seed, "readers": told}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")
    sys.stdout.write(f"{found['inputs']} inputs\n")
    raise typer.Exit(1 if any(one["wrong"] for one in told) else 0)


def _line(fed: Fed, number: int) -> dict[str, Any]:
    line = {"name": fed.name, "seed": number, "inputs": fed.inputs, "seconds": fed.seconds,
            "became": dict(fed.became.most_common()), "wrong": fed.wrong}  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    return line


if __name__ == "__main__":
    typer.run(main)
