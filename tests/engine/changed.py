"""The cycle's workflow with something changed: what a pre-flight has to catch."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory

from engine.preflight import Taken

FILES = sorted((Path(__file__).parents[1] / "replay" / "histories").glob("*.json"))
SOURCE = Path(__file__).parents[2] / "workflows" / "cycle.py"
TASK = "WORKFLOW_TASK_SCHEDULED"
Change = Callable[..., type]


def history(name: str) -> WorkflowHistory:
    """One recorded history."""
    file = next(one for one in FILES if one.stem == name)
    return WorkflowHistory.from_json(name, file.read_text(encoding="utf8"))


def kind_of(one: WorkflowHistory) -> str:
    """The type of its workflow."""
    return one.events[0].workflow_execution_started_event_attributes.workflow_type.name


def taken(one: WorkflowHistory, until: int | None = None, name: str | None = None) -> Taken:
    """A history as a pre-flight takes it, whole or up to an event, as if it were open there."""
    content = History(events=list(one.events)[:until]).SerializeToString()
    return Taken(workflow_id=name or one.workflow_id, content=content)


def every_point(one: WorkflowHistory) -> list[Taken]:
    """The history as it stood before and after the engine planned each task, and when it had begun."""
    found = []
    for at, event in enumerate(one.events):
        if event.HasField("workflow_task_scheduled_event_attributes") and at > 1:
            found += [at, at + 1]
        if event.HasField("workflow_task_started_event_attributes") and at > 2:
            found.append(at + 1)
    return [taken(one, until, f"{one.workflow_id}@{until}") for until in found]


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Change]:
    """Makes the workflow with pieces of its source replaced, in a module named as said."""
    made = []

    def make(name: str, *pieces: tuple[str, str]) -> type:
        text = SOURCE.read_text(encoding="utf8")
        for before, after in pieces:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        (tmp_path / f"{name}.py").write_text(text, encoding="utf8")
        monkeypatch.syspath_prepend(str(tmp_path))
        made.append(name)
        workflow: type = importlib.import_module(name).CycleWorkflow
        return workflow

    yield make
    for name in made:
        del sys.modules[name]


def line_with(workflow: type, words: str, function: str) -> str:
    """How a report names the line of a changed workflow that has these words."""
    file = Path(sys.modules[workflow.__module__].__file__ or "")
    numbers = [n for n, line in enumerate(file.read_text(encoding="utf8").splitlines(), 1) if words in line]
    assert len(numbers) == 1, numbers
    return f"{file.name}:{numbers[0]} {function}"
