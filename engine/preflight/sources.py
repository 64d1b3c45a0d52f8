"""Where histories come from: the engine at its address, or the files of a folder; and how they are saved."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from google.protobuf.message import DecodeError
from temporalio.api.history.v1 import History
from temporalio.client import Client, WorkflowExecution, WorkflowHistory
from temporalio.service import RPCError, RPCStatusCode

from engine.preflight.shapes import NotLooked, Taken
from engine.preflight.spreading import AT_A_TIME
from reference.catalogue import calendar, know, known_versions
from schemas.clocks import Calendar

AT_ONCE = 8
"""Histories fetched at the same time: the engine goes on serving cycles meanwhile."""
BINARY, READABLE, CALENDARS = ".history", ".json", "calendars.json"
"""What is saved is Temporal's protobuf; its JSON, as its own command line writes it, is read as well."""


class HistoriesWrongError(Exception):
    """What should be looked at cannot be; the message says what to give instead."""


@dataclass
class Found:
    """What is to be looked at, and what was passed over."""

    not_looked: list[NotLooked] = field(default_factory=list)

    def pass_over(self, workflow_id: str, why: str) -> None:
        """Note that a workflow is not looked at."""
        self.not_looked.append(NotLooked(workflow_id=workflow_id, why=why))


def open_on(queue: str) -> str:
    """The query for every open workflow on our queue."""
    return f"TaskQueue = '{queue}' AND ExecutionStatus = 'Running'"


async def of_engine(client: Client, query: str, found: Found) -> AsyncIterator[list[Taken]]:
    """The histories that a query finds, in parcels."""
    parcel: list[WorkflowExecution] = []
    async for one in client.list_workflows(query):
        parcel.append(one)
        if len(parcel) == AT_A_TIME:
            yield await _fetched(client, parcel, found)
            parcel = []
    if parcel:
        yield await _fetched(client, parcel, found)


async def of_workflow(client: Client, workflow_id: str, found: Found) -> AsyncIterator[list[Taken]]:
    """The history of one open workflow."""
    execution = await client.get_workflow_handle(workflow_id).describe()
    yield await _fetched(client, [execution], found)


async def _fetched(client: Client, parcel: list[WorkflowExecution], found: Found) -> list[Taken]:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(execution: WorkflowExecution) -> Taken | None:
        async with free:
            return await _fetch(client, execution, found)

    return [taken for taken in await asyncio.gather(*(one(each) for each in parcel)) if taken]


async def _fetch(client: Client, execution: WorkflowExecution, found: Found) -> Taken | None:
    handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
    try:
        history = await handle.fetch_history()
    except RPCError as gone:
        if gone.status != RPCStatusCode.NOT_FOUND:
            raise
        found.pass_over(execution.id, "the engine does not have its history any more")
        return None
    return taken_of(history, found)


def taken_of(history: WorkflowHistory, found: Found) -> Taken | None:
    """A history as it is handed on; None, with a note, where no code has touched it yet."""
    if not any(one.HasField("workflow_task_completed_event_attributes") for one in history.events):
        found.pass_over(history.workflow_id, "no worker has done a task of it yet, so any code may begin it")
        return None
    content = History(events=history.events).SerializeToString()
    return Taken(workflow_id=history.workflow_id, content=content)


async def of_folder(folder: Path, found: Found) -> AsyncIterator[list[Taken]]:
    """The histories in the files of a folder, in parcels.

    Raises: HistoriesWrongError: there is no such folder, or a file in it is no history.
    """
    files = await asyncio.to_thread(_files, folder)
    for start in range(0, len(files), AT_A_TIME):
        read = (_read(one, found) for one in files[start : start + AT_A_TIME])
        yield [taken for taken in read if taken]


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        again = f"Make it with: starter.py preflight --save {folder}"
        raise HistoriesWrongError(f"There is no folder {folder}. {again}")
    learn_saved(folder)
    return sorted(one for one in folder.iterdir() if one.is_file() and one.name != CALENDARS)


def _read(file: Path, found: Found) -> Taken | None:
    if file.suffix not in (BINARY, READABLE):
        found.pass_over(file.name, f"its name ends neither in {BINARY} nor in {READABLE}")
        return None
    try:
        history = _history_in(file)
    except (OSError, ValueError, DecodeError) as wrong:
        why = str(wrong).splitlines()[0] if str(wrong) else type(wrong).__name__
        raise HistoriesWrongError(
            f"{file} is not a history ({why}). Save it again with: starter.py preflight --save {file.parent}"
        ) from None
    return taken_of(history, found)


def _history_in(file: Path) -> WorkflowHistory:
    if file.suffix == READABLE:
        history = WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))
    else:
        history = WorkflowHistory(file.stem, list(History.FromString(file.read_bytes()).events))
    if not history.events or not history.events[0].HasField("workflow_execution_started_event_attributes"):
        raise ValueError("it does not begin with the start of a workflow")
    started = history.events[0].workflow_execution_started_event_attributes
    return WorkflowHistory(started.workflow_id or file.stem, list(history.events))


def save(parcel: Iterable[Taken], folder: Path) -> None:
    """Write histories down, each in a file named after its workflow."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in parcel:
        (folder / f"{one.workflow_id.replace('/', '_')}{BINARY}").write_bytes(one.content)


def save_calendars(folder: Path) -> None:
    """Write down the calendars that are known: histories name editions that an office imported."""
    folder.mkdir(parents=True, exist_ok=True)
    every = [calendar(one).model_dump(mode="json") for one in sorted(known_versions())]
    (folder / CALENDARS).write_text(json.dumps(every), encoding="utf-8")


def learn_saved(folder: Path) -> None:
    """Know the calendars that were saved beside histories.

    Raises: HistoriesWrongError: the file cannot be read.
    """
    file = folder / CALENDARS
    if not file.exists():
        return
    try:
        know(Calendar.model_validate(one) for one in json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise HistoriesWrongError(
            f"{file} does not hold calendars. Save it again with: starter.py preflight --save {folder}"
        ) from None
