"""Months in seconds: nine months rehearsed, and how long the engine alone takes to start and stop."""

import asyncio
import logging
import statistics
import sys
import time
from pathlib import Path

from bench.clock import now
from bench.sizes import sizes
from bench.stand import machine
from reference.catalogue import FOLDER, standards
from rehearsal.engine import engine_alone
from rehearsal.script import Script, read_script
from rehearsal.stage import rehearse

FILE = FOLDER / "rehearsals" / "nine-months.yaml"


async def timed(script: Script, temporal: str) -> tuple[float, float, int]:
    """Seconds for a whole rehearsal, seconds for its engine alone, and how many entries it made."""
    began = time.perf_counter()
    rehearsed = await rehearse(script, temporal, now())
    whole = time.perf_counter() - began
    began = time.perf_counter()
    async with engine_alone(temporal):
        pass
    return whole, time.perf_counter() - began, len(rehearsed.kept.ledger)


async def main() -> None:
    """Medians over the rounds."""
    options = sizes(__doc__, rounds=5)
    logging.disable(logging.WARNING)
    print(machine())
    script = read_script(FILE.read_text(encoding="utf8"), FILE.name, standards())
    temporal = str(Path(sys.executable).parent / "temporal")
    runs = [await timed(script, temporal) for _ in range(options.rounds)]
    whole, alone = (statistics.median(run[place] for run in runs) for place in (0, 1))
    print(f"nine months rehearsed, {runs[0][2]} entries: {whole:.2f} s (medians of {len(runs)})")
    print(f"the engine alone, started and stopped:      {alone:.2f} s   ratio {whole / alone:.1f}")


if __name__ == "__main__":
    asyncio.run(main())
