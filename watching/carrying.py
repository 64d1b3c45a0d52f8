"""How a trace passes through the engine: an act belongs to the click that it comes from, and to nothing else.

The SDK's own way puts everything that a workflow ever does into the trace of whoever began it. A cycle runs
for a year: so an update goes on in the trace of its click, and what the engine does by itself begins others.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from temporalio.contrib.opentelemetry import TracingInterceptor, TracingWorkflowInboundInterceptor
from temporalio.worker import HandleUpdateInput, WorkflowInterceptorClassInput

Carrier = dict[str, Any]
OF_THIS_ACT: ContextVar[Carrier | None] = ContextVar("the trace of the act at hand", default=None)


class InItsOwnTrace(TracingWorkflowInboundInterceptor):
    """Lets an update go on in the trace of whoever handed it in."""

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002 - the SDK's own name
        """Validate, as part of the click."""
        with self._of(input.headers):
            super().handle_update_validator(input)

    async def handle_update_handler(self, input: HandleUpdateInput) -> Any:  # noqa: A002 - the SDK's own name
        """Carry out, as part of the click."""
        with self._of(input.headers):
            return await super().handle_update_handler(input)

    @contextmanager
    def _of(self, headers: Mapping[str, Any]) -> Iterator[None]:
        header = headers.get(self.header_key)
        found = self.payload_converter.from_payloads([header])[0] if header else None
        token = OF_THIS_ACT.set(found)
        try:
            yield
        finally:
            OF_THIS_ACT.reset(token)

    def _load_workflow_context_carrier(self) -> Carrier | None:
        """The trace of the act at hand; what the engine does by itself is part of no click."""
        return OF_THIS_ACT.get()


class Traces(TracingInterceptor):
    """Carries traces from clients to workers and to what they do."""

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - the SDK's own name
    ) -> type[InItsOwnTrace]:
        """The class that carries."""
        super().workflow_interceptor_class(input)
        return InItsOwnTrace
