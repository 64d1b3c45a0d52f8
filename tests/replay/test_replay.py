"""Histories recorded from real cycles run on the code as it is now."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from engine.connection import replayer, sandbox
from engine.shapes import AS_JSON

FILES = sorted((Path(__file__).parent / "histories").glob("*.json"))
WORKFLOWS = Path(__file__).parents[2] / "workflows"
SOURCE = WORKFLOWS / "cycle.py"

OF_A_CYCLE = {
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
OF_ACTIONS = {"letters of before they were": ("if self._whole and about_actions(notice):", "if False:")}
"""What happened to actions was told to nobody at first."""
OF_A_PROGRAMME = {
    "a timer before the diary": (
        "                await self._arrange()\n",
        "                await workflow.sleep(1)\n                await self._arrange()\n",
    ),
    "an ordinary activity in place of a local one": OF_A_CYCLE[
        "an ordinary activity in place of a local one"
    ],
    "shorter runs": ("EVENTS_OF_A_RUN = 300", "EVENTS_OF_A_RUN = 30"),
}
OF_AN_OPENING = {
    "an opening by another name": ("ProgrammeActivities.open_slot", "ProgrammeActivities.arrange")
}
BREAKS = {
    **{("cycle", "CycleWorkflow", FILES[0].stem, name): change for name, change in OF_A_CYCLE.items()},
    **{("cycle", "CycleWorkflow", "whole", name): change for name, change in OF_ACTIONS.items()},
    **{
        ("programme", "ProgrammeWorkflow", "programme", name): change
        for name, change in OF_A_PROGRAMME.items()
    },
    **{("opening", "OpenSlotWorkflow", "opening", name): change for name, change in OF_AN_OPENING.items()},
}
"""What is broken, in which file, of which workflow, and the history that shows it."""


def history(file: Path) -> WorkflowHistory:
    """One recorded history."""
    return WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf8"))


def test_there_are_histories() -> None:
    """Each of the four kinds of cycle that were recorded is here, a programme's runs and its openings."""
    stems = {file.stem for file in FILES}
    assert {"performance", "thematic", "rapid", "public", "whole", "present", "by_tray"} <= stems
    assert {"programme", "programme-later-run", "opening", "opening-refused"} <= stems


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_recorded_cycle_runs_on_the_present_code(file: Path) -> None:
    """Every command of the workflow is the one that was recorded."""
    await replayer().replay_workflow(history(file))


@pytest.fixture
def broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[tuple[type, str]]:
    """A workflow with one thing changed that history does not know, and that history."""
    room, workflow, recorded, _ = request.param
    before, after = BREAKS[request.param]
    text = (WORKFLOWS / f"{room}.py").read_text(encoding="utf8")
    assert text.count(before) == 1
    name = f"broken_{room}_{abs(hash(request.param))}"
    (tmp_path / f"{name}.py").write_text(text.replace(before, after), encoding="utf8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield getattr(importlib.import_module(name), workflow), recorded
    del sys.modules[name]


@pytest.mark.parametrize("broken", BREAKS, indirect=True, ids=lambda one: f"{one[0]}: {one[3]}")
async def test_a_workflow_that_does_something_else_first_is_caught(broken: tuple[type, str]) -> None:
    """The replay is red for code that would not do what running cycles and programmes have done."""
    workflow, recorded = broken
    replay = Replayer(workflows=[workflow], data_converter=AS_JSON, workflow_runner=sandbox())
    with pytest.raises(NondeterminismError):
        await replay.replay_workflow(history(FILES[0].parent / f"{recorded}.json"))
