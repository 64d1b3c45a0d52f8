"""Histories recorded from real cycles run on the code as it is now."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from engine.connection import replayer, sandbox

FILES = sorted((Path(__file__).parent / "histories").glob("*.json"))
SOURCE = Path(__file__).parents[2] / "workflows" / "cycle.py"

BREAKS = {
    "a timer that was not there": (
        "        post = asyncio.create_task(self._tell())\n",
        "        await workflow.sleep(1)\n        post = asyncio.create_task(self._tell())\n",
    ),
    "an ordinary activity in place of a local one": (
        "workflow.execute_local_activity_method",
        "workflow.execute_activity_method",
    ),
    "another order of acts": ("if not decision.events:", "if True:"),
}


def history(file: Path) -> WorkflowHistory:
    """One recorded history."""
    return WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf8"))


def test_there_are_histories() -> None:
    """Each of the four kinds of cycle that were recorded is here."""
    assert {"performance", "thematic", "rapid", "public"} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_recorded_cycle_runs_on_the_present_code(file: Path) -> None:
    """Every command of the workflow is the one that was recorded."""
    await replayer().replay_workflow(history(file))


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[type]:
    """The cycle's workflow with one thing changed that history does not know."""
    before, after = BREAKS[request.param]
    text = SOURCE.read_text(encoding="utf8")
    assert text.count(before) == 1
    name = f"broken_cycle_{abs(hash(request.param))}"
    (tmp_path / f"{name}.py").write_text(text.replace(before, after), encoding="utf8")
    monkeypatch.syspath_prepend(str(tmp_path))
    workflow: type = importlib.import_module(name).CycleWorkflow
    yield workflow
    del sys.modules[name]


@pytest.mark.parametrize("broken", BREAKS, indirect=True)
async def test_a_workflow_that_does_something_else_first_is_caught(broken: type) -> None:
    """The replay is red for code that would not do what running cycles have done."""
    replay = Replayer(workflows=[broken], data_converter=pydantic_data_converter, workflow_runner=sandbox())
    with pytest.raises(NondeterminismError):
        await replay.replay_workflow(history(FILES[0]))
