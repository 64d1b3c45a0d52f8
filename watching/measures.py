"""Numbers for Prometheus: what the post, the ledger and the engine did, beside the Temporal SDK's own."""

import logging
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from opentelemetry.trace import Tracer
from prometheus_client import Counter, Histogram
from temporalio.exceptions import ApplicationError
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.worker import (
    HandleUpdateInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from activities.post import CarriesNotices
from engine.connection import LeavesLetters
from schemas.notices import Delivery, Notice
from schemas.records import Standing, Writing
from watching.tracing import UNTRACED, appending

log = structlog.get_logger("answerable.measures")

MAILS = Counter("answerable_mails", "Notices that the post dealt with", ["template", "outcome"])
REFUSALS = Counter("answerable_refusals", "Commands that the engine refused", ["code"])
WRITES = Counter("answerable_ledger_writes", "Acts handed to the ledger", ["outcome"])
ACTS = Counter(
    "answerable_acts", "Acts, by what happened in them first or was asked for", ["kind", "outcome"]
)
APPENDS = Histogram(
    "answerable_ledger_append_seconds",
    "Seconds that it took to append an act with its rows",
    ["outcome"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


class CountedLedger:
    """The ledger, with a line in the log and a number for every act."""

    def __init__(self, ledger: LeavesLetters, tracer: Tracer = UNTRACED) -> None:
        self._ledger = ledger
        self._tracer = tracer
        self.letters = ledger.letters

    async def record(self, writing: Writing) -> Standing:
        """What stands there instead, where others came first."""
        events = [f"{one.cycle}/{one.version}" for one in writing.entries]
        began = time.perf_counter()
        with (
            counted(WRITES, cycle=writing.cycle.reference, events=events) as outcome,
            appending(self._tracer, len(events)) as said,
        ):
            try:
                standing = await self._ledger.record(writing)
                outcome["outcome"] = "others came first" if standing.entries else "written"
            finally:
                said.update(outcome)
                ACTS.labels(kind=writing.entries[0].event.kind, **outcome).inc()
                APPENDS.labels(**outcome).observe(time.perf_counter() - began)
        return standing


class CountedPost:
    """The post, with a line in the log and a number for every notice. Neither says who was told."""

    def __init__(self, post: CarriesNotices) -> None:
        self._post = post

    async def deliver(self, notice: Notice) -> Delivery:
        """What became of the notice."""
        facts = {"cycle": notice.cycle, "notice": notice.key}
        with counted(MAILS, template=notice.template, **facts) as outcome:
            delivery = await self._post.deliver(notice)
            outcome["outcome"] = "delivered" if delivery.delivered else "not delivered"
        return delivery


@contextmanager
def counted(counter: Counter, **facts: Any) -> Iterator[dict[str, str]]:
    """Count and log what the block comes to; "failed" where it raises."""
    outcome = {"outcome": "failed"}
    try:
        yield outcome
    finally:
        labels = {"template": facts["template"]} if "template" in facts else {}
        counter.labels(**labels, **outcome).inc()
        log.info(counter._name, **facts, **outcome)  # noqa: SLF001 - it has no other way to give its name


class CountsRefusals(WorkflowInboundInterceptor):
    """Counts refused commands: they leave no other trace. A replay counts nothing again."""

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002 - the SDK's own name
        """Validate, and count a refusal by its code."""
        try:
            super().handle_update_validator(input)
        except ApplicationError as refusal:
            if refusal.type == "Refused" and refusal.details:
                REFUSALS.labels(code=refusal.details[0].get("code", "unknown")).inc()
                ACTS.labels(kind=_kind(input.args), outcome="refused").inc()
            raise


def _kind(args: Sequence[Any]) -> str:
    """Which kind of command was handed in."""
    kind = getattr(args[0], "kind", None) if args else None
    return kind if isinstance(kind, str) else "unknown"


class Refusals(Interceptor):
    """Puts the counting of refusals into every workflow."""

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the SDK's own name
    ) -> type[WorkflowInboundInterceptor]:
        """The class that counts."""
        return CountsRefusals


def telemetry(host: str, port: int) -> TelemetryConfig:
    """The SDK's own measurements on the next port, if it is free, and its warnings in our log."""
    try:
        socket.create_server((host, port), family=family_of(host)).close()
        where = PrometheusConfig(
            bind_address=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            counters_total_suffix=True,
            unit_suffix=True,
            durations_as_seconds=True,
        )
    except OSError:
        log.warning("the port of the SDK's measurements is taken: there are none", port=port)
        where = None
    return TelemetryConfig(
        metrics=where,
        logging=LoggingConfig(
            filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
            forwarding=LogForwardingConfig(logger=logging.getLogger("temporal.core")),
        ),
        global_tags={"service": "answerable-worker"},
    )


def family_of(host: str) -> socket.AddressFamily:
    """The kind of network that an address belongs to."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET
