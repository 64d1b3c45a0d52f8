"""Traces: one act from the click to the row in the ledger, with what may be said of it and nothing else.

What leaves this process passes a list of allowed attributes: names of routes, workflows and activities,
references of cycles, codes. Addresses with their words, keys, texts, persons, and what faults say stay here.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import NoOpTracer, SpanKind, Status, Tracer
from temporalio.plugin import SimplePlugin

from watching.carrying import Traces

ALLOWED = frozenset(
    {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "temporalWorkflowID",
        "temporalRunID",
        "temporalActivityID",
        "db.system.name",
        "db.operation.name",
        "db.collection.name",
        "answerable.entries",
        "answerable.outcome",
    }
)
"""What may be sent of spans. A client's key may not: whoever sends it chooses its words."""
OF_FAULTS = frozenset({"exception.type"})
UNTRACED: Tracer = NoOpTracer()
"""Makes no spans."""


class Wordless(SpanExporter):
    """Sends on what is allowed of each span."""

    def __init__(self, onward: SpanExporter) -> None:
        self._onward = onward

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send what is allowed of them."""
        return self._onward.export([allowed(one) for one in spans])

    def shutdown(self) -> None:
        """Send nothing more."""
        self._onward.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what waits."""
        return self._onward.force_flush(timeout_millis)


def allowed(span: ReadableSpan) -> ReadableSpan:
    """A span as it may be sent: of a fault its kind alone."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={name: value for name, value in (span.attributes or {}).items() if name in ALLOWED},
        events=[_event(one) for one in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _event(one: Event) -> Event:
    said = {name: value for name, value in (one.attributes or {}).items() if name in OF_FAULTS}
    return Event(one.name if said else "event", said, one.timestamp)


def traced(service: str, processor: SpanProcessor) -> TracerProvider:
    """Makes the traces of one process."""
    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(processor)
    return provider


def sent(service: str, endpoint: str | None) -> TracerProvider | None:
    """The traces of one process, sent to a collector; None where there is none to send them to."""
    if endpoint is None:
        return None
    # reading it takes a while, and most processes send no traces
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415

    address = f"{endpoint.rstrip('/')}/v1/traces"
    return traced(service, BatchSpanProcessor(Wordless(OTLPSpanExporter(endpoint=address))))


def tracer_of(provider: TracerProvider | None) -> Tracer:
    """What makes spans; where traces are off, it makes none."""
    return provider.get_tracer("answerable") if provider else UNTRACED


def carried(provider: TracerProvider | None) -> tuple[SimplePlugin, ...]:
    """What carries a trace through the engine: from whoever hands an act in to workflow and activity."""
    if provider is None:
        return ()
    return (SimplePlugin("answerable.traces", interceptors=[Traces(tracer_of(provider))]),)


@contextmanager
def appending(tracer: Tracer, entries: int) -> Iterator[dict[str, str]]:
    """A span around the statement that appends to the ledger; what is put in it is said of it."""
    said: dict[str, str] = {}
    facts: dict[str, str | int] = {
        "db.system.name": "postgresql",
        "db.operation.name": "append",
        "db.collection.name": "ledger",
        "answerable.entries": entries,
    }
    with tracer.start_as_current_span("append to the ledger", kind=SpanKind.CLIENT, attributes=facts) as span:
        try:
            yield said
        finally:
            span.set_attributes({f"answerable.{name}": value for name, value in said.items()})


async def ended(provider: TracerProvider | None) -> None:
    """Send what is left, and stop."""
    if provider is not None:
        await asyncio.to_thread(provider.shutdown)
