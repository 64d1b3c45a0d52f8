"""Replaying histories one after the other in this process."""

import inspect
import logging
from collections.abc import AsyncIterator, Iterable, Sequence

from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.worker import Replayer

from engine.preflight.asking import Asked, Listening, owed_after
from engine.preflight.comparing import fallen_out, left_behind
from engine.preflight.lines import Lines
from engine.preflight.shapes import Difference, Judged, Taken
from engine.sealed import OPEN, Sealing

BUILD = "preflight"
"""Named: Temporal would otherwise compile every module to make a name, two seconds for each replayer."""


async def replayed(
    workflows: Sequence[type], taken: Iterable[Taken], sealing: Sealing = OPEN
) -> list[Judged]:
    """What becomes of each history under these workflows.

    A history that breaks is replayed once more with an eye on our lines, which takes twice as long.
    """
    logging.getLogger("temporalio").setLevel(logging.CRITICAL)  # what breaks is in the report
    found: list[Judged] = []
    histories = [_history_of(one) for one in taken]
    async for judged in _judge(workflows, histories, None, sealing):
        history = histories[len(found)]
        unknown = judged.breaks is not None and judged.breaks.line is None
        found.append(await _with_lines(workflows, history, judged, sealing) if unknown else judged)
    return found


async def _with_lines(
    workflows: Sequence[type], history: WorkflowHistory, judged: Judged, sealing: Sealing
) -> Judged:
    files = {inspect.getfile(one) for one in workflows}
    async for again in _judge(workflows, [history], Lines(files), sealing):
        return again if again.breaks else judged
    return judged


async def _judge(
    workflows: Sequence[type], histories: Sequence[WorkflowHistory], lines: Lines | None, sealing: Sealing
) -> AsyncIterator[Judged]:
    listening = Listening(lines)
    replayer = Replayer(
        workflows=workflows,
        data_converter=sealing.converter(),
        workflow_runner=listening,
        interceptors=[lines] if lines else [],
        build_id=BUILD,
        runtime=_quiet(),
    )
    known = (one for one in histories if _type_of(one) in listening.types)

    async def one_by_one() -> AsyncIterator[WorkflowHistory]:
        for one in known:
            listening.asked = None
            yield one

    async with replayer.workflow_replay_iterator(one_by_one()) as results:
        for history in histories:
            if _type_of(history) not in listening.types:
                yield _judged(history, None, _gone(history))
                continue
            result = await anext(results)
            yield _judged(history, listening.asked, _breaks(history, listening.asked, result.replay_failure))


def _breaks(history: WorkflowHistory, asked: Asked | None, why: Exception | None) -> Difference | None:
    if why is not None or asked is None or asked.failure:
        return fallen_out(history, asked, str(why or "the replay did not begin"))
    return left_behind(history, asked)


def _judged(history: WorkflowHistory, asked: Asked | None, breaks: Difference | None) -> Judged:
    version, deadlines = owed_after(asked) if asked else (None, None)
    return Judged(
        workflow_id=history.workflow_id,
        run_id=history.run_id,
        workflow_type=_type_of(history),
        events=len(history.events),
        breaks=breaks,
        version=version,
        deadlines=deadlines,
    )


def _gone(history: WorkflowHistory) -> Difference:
    kind = _type_of(history)
    asks = f"a workflow named {kind}, which this code does not have"
    return Difference(event=1, event_type="WORKFLOW_EXECUTION_STARTED", had=kind, asks=asks, line=None)


def _history_of(taken: Taken) -> WorkflowHistory:
    return WorkflowHistory(taken.workflow_id, list(History.FromString(taken.content).events))


def _type_of(history: WorkflowHistory) -> str:
    started = history.events[0].workflow_execution_started_event_attributes
    return str(started.workflow_type.name)


def _quiet() -> Runtime:
    """A runtime that logs nothing: what breaks is said once, in the report."""
    silent = LoggingConfig(filter=TelemetryFilter(core_level="OFF", other_level="OFF"))
    return Runtime(telemetry=TelemetryConfig(logging=silent))
