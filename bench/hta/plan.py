"""How much of each measure a quick and a full run take."""

from dataclasses import dataclass

MEASURES = ("throughput", "latency", "cost", "timers", "waiting", "kill", "cold", "edit")


@dataclass(frozen=True)
class Plan:
    """The sizes of one run."""

    name: str
    runs: int
    """Medians are taken over these; each begins with everything fresh."""
    cycles: int
    lanes: int
    rates: tuple[int, ...]
    """Acts a second."""
    seconds: int
    """How long each rate is kept up."""
    timers: tuple[int, ...]
    waiting: tuple[int, ...]
    idle: float
    """Seconds of looking on while nothing happens."""
    kill_after: float
    spread: float = 60.0
    """Seconds within which all timers fall due."""
    grace: float = 600.0
    """Seconds after the last was due in which a timer may still come; then it is lost."""
    heavy_from: int = 5_000
    heavy_runs: int = 1
    """Timers and waiting cycles from that many on are measured this often."""
    limit: float = 10_800.0
    """Seconds for one measure of one system in one run; then it has failed, and the others go on."""
    seed: int = 7

    def runs_of(self, size: int) -> int:
        """How often a measure of a size is taken."""
        return min(self.runs, self.heavy_runs) if size >= self.heavy_from else self.runs


QUICK = Plan("quick", 1, 5, 5, (5,), 6, (20,), (20,), 3.0, 1.0, spread=5.0, grace=120.0, limit=600.0)
FULL = Plan("full", 5, 40, 10, (10, 50), 30, (1_000, 10_000), (1_000, 10_000), 60.0, 5.0)
