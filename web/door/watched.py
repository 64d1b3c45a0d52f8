"""How the pages are watched: their traces, their measurements, and what can be seen while no worker runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from opentelemetry.trace import Tracer
from temporalio.plugin import SimplePlugin

from store.pool import Pool
from store.watched import WatchedReads
from watching import tracing
from watching.gauges import Gauges, kept_up
from watching.health import measured
from web.door.rooms import true_now


class Watched:
    """What is sent and measured of one process of pages."""

    def __init__(self, service: str, endpoint: str | None, port: int | None) -> None:
        self._traces = tracing.sent(service, endpoint)
        self._port = port

    @property
    def tracer(self) -> Tracer:
        """What makes spans."""
        return tracing.tracer_of(self._traces)

    @property
    def carried(self) -> tuple[SimplePlugin, ...]:
        """What carries traces into the engine."""
        return tracing.carried(self._traces)

    @asynccontextmanager
    async def over(self, pool: Pool) -> AsyncIterator[None]:
        """Be watched while the block runs.

        Raises: OSError: the port of the measurements is taken.
        """
        try:
            if self._port is None:
                yield
            else:
                async with measured(self._port), kept_up(Gauges(WatchedReads(pool), true_now)):
                    yield
        finally:
            await tracing.ended(self._traces)
