"""An engine alone: a real Temporal server in memory with skipped time, gone after its block."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig, WorkflowEnvironment

from engine.connection import Address, reach
from engine.shapes import AS_JSON

SKIPPING = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=5000",
    "history.maxInFlightUpdates=100",
)
MOST_SKIPS = 10_000
ALONE = "default"


@asynccontextmanager
async def engine_alone(
    temporal: str, runs: Sequence[str] = (ALONE,)
) -> AsyncIterator[dict[str, TimeSkipper]]:
    """A server of its own, and for each run a namespace that knows nothing of the others.

    `temporal` is the path of the Temporal program. Nothing of it is kept: no file, no port that was named.
    """
    arguments = [part for value in SKIPPING for part in ("--dynamic-config-value", value)]
    arguments += [part for name in runs for part in ("--namespace", name)]
    environment = await WorkflowEnvironment.start_local(
        dev_server_existing_path=temporal,
        dev_server_log_level="error",
        dev_server_extra_args=[*arguments, "--output", "none"],
        data_converter=AS_JSON,
    )
    async with environment:
        yield {name: TimeSkipper(await _client(environment, name), config=_config()) for name in runs}


def _config() -> TimeSkippingConfig:
    return TimeSkippingConfig(enabled=False, max_session_skip_count=MOST_SKIPS)


async def _client(environment: WorkflowEnvironment, namespace: str) -> Client:
    target = environment.client.service_client.config.target_host
    return await reach(replace(Address(), target=target, namespace=namespace))
