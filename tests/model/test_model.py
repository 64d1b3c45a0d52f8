"""Random sequences of commands, clock jumps, duplicates, races and crashes: engine and model always agree."""

import ast
import asyncio
from collections import Counter
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

from rules.acting.authority import AFTER_CLOSE, MAY
from rules.decide import DECISIONS
from store.pool import Pool
from tests.model.lane import lane
from tests.model.maker import KINDS
from tests.model.sequence import play_one
from tests.model.who import PUT_RIGHT, TABLE, WIDER

LANES = 6
FAILURES_ENOUGH = 5


@pytest.mark.parametrize("kind", sorted(MAY))
def test_who_may_do_what_is_as_the_process_says(kind: str) -> None:
    """The rules' table of roles is the process's own, with the additions that are written down."""
    assert {role.value for role in MAY[kind]} == TABLE[kind] | WIDER.get(kind, set())


def test_what_may_be_done_after_the_close() -> None:
    """Findings are put right and what was done is doubted; nothing else."""
    assert AFTER_CLOSE == PUT_RIGHT


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("paper*.py")), ids=lambda one: one.name)
def test_the_model_knows_no_rules(file: Path) -> None:
    """What it says it has from the process, not from the rules that it is held against."""
    tree = ast.walk(ast.parse(file.read_text(encoding="utf8")))
    imported = {one.module or "" for one in tree if isinstance(one, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= {"collections", "copy", "dataclasses", "datetime",
                                                         "tests", "typing"}  # fmt: skip


@pytest.mark.real
@pytest.mark.timeout(14_400)
async def test_engine_and_model_agree(
    pool: Pool, engine: WorkflowEnvironment, request: pytest.FixtureRequest
) -> None:
    """The same outcome and the same state after every step of every sequence."""
    count, seed = request.config.getoption("--sequences"), request.config.getoption("--seed")
    kinds = [kind for kind in KINDS if kind in DECISIONS]
    waiting = list(reversed(range(seed, seed + count)))
    counted: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    played: list[int] = []

    async def work() -> None:
        async with lane(pool, engine) as one:
            while waiting and len(failures) < FAILURES_ENOUGH:
                try:
                    counted.update((await play_one(one, waiting.pop(), kinds)).counted)
                except Exception as error:  # noqa: BLE001 - each is told with its script
                    notes = getattr(error, "__notes__", ())
                    failures.append("\n".join([f"{type(error).__name__}: {error}", *notes]))
                    print(failures[-1], flush=True)  # noqa: T201 - a long run tells at once
                played.append(1)
                if len(played) % 100 == 0:
                    print(f"{len(played)} of {count} sequences", flush=True)  # noqa: T201 - a long run tells how far it is

    await asyncio.gather(*(work() for _ in range(min(LANES, count))))
    for kind in kinds:
        print(f"{kind:22} {counted[kind, 'lawful']:6} {counted[kind, 'unlawful']:6}")  # noqa: T201 - a long run tells how far it is
    assert not failures, "\n\n".join(failures)
