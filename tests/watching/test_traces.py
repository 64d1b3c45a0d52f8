"""One act as one trace, from the click to the row in the ledger, through the real engine and store."""

import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio.client import Client, WorkflowHistory
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer

from engine.connection import WORKFLOWS, employ, sandbox
from engine.desk import Desk
from engine.shapes import AS_JSON
from schemas.outcomes import Receipt, Refused
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.conftest import PostBag
from tests.web.every_role import REF
from tests.web.house import a_house
from watching.carrying import Traces
from watching.measures import CountedLedger
from watching.tracing import ALLOWED, Wordless, carried, sent, traced, tracer_of
from web.door.timed import Timed

PLANTED = "Planted-Name"
HISTORIES = [
    Path(__file__).parents[1] / "replay" / "histories" / f"{name}.json"
    for name in ("demonstration-in-flight", "opening", "programme-later-run", "subscription")
]


def kept() -> tuple[InMemorySpanExporter, SimpleSpanProcessor]:
    """Spans as they would be sent, kept in memory."""
    memory = InMemorySpanExporter()
    return memory, SimpleSpanProcessor(Wordless(memory))


def by_name(spans: tuple[ReadableSpan, ...], name: str) -> ReadableSpan:
    """The first span of a name."""
    return next(one for one in spans if one.name == name)


def above(span: ReadableSpan, spans: tuple[ReadableSpan, ...]) -> list[str]:
    """The names of a span and of all that it is part of, up to the click."""
    by_id = {one.context.span_id: one for one in spans if one.context}
    names = [span.name]
    while span.parent:
        span = by_id[span.parent.span_id]
        names.append(span.name)
    return names


@pytest.mark.real
async def test_an_act_is_one_trace_from_the_click_to_the_row(pool: Pool, engine: WorkflowEnvironment) -> None:
    """Opening and a later act: click, update, activity and append are each part of the one before."""
    memory, processor = kept()
    provider = traced("test", processor)
    given: dict[str, Any] = {**engine.client.config()}
    client = Client(**{**given, "plugins": [*given["plugins"], *carried(provider)]})
    queue, tracer = f"q-{secrets.token_hex(6)}", tracer_of(provider)
    desk = Desk(client, queue, Keeping(pool), Reads(pool), demonstration=True, periods=())
    ref = s.fresh_reference()
    async with employ(client, queue, CountedLedger(Ledger(pool), tracer), PostBag()):
        for command in (s.open_cycle(ref, s.wall_now()), s.add_request(ref, title=PLANTED)):
            memory.clear()
            with tracer.start_as_current_span("POST /cycles/{reference}"):
                assert isinstance(await desk.send(command, s.WORDS), Receipt)
            spans = memory.get_finished_spans()
            found = above(by_name(spans, "append to the ledger"), spans)
            assert found[1] == "RunActivity:record"
            assert found[-1] == "POST /cycles/{reference}"
            assert any("Update" in one for one in found[2:-1]), found
            append = by_name(spans, "append to the ledger")
            assert (append.attributes or {})["answerable.outcome"] == "written"
            told = [one for one in spans if one.name != "RunActivity:deliver"]
            assert {one.context.trace_id for one in told if one.context} == {append.context.trace_id}
            assert PLANTED not in "".join(one.to_json() for one in spans)
        assert isinstance(await desk.send(s.publish(ref), s.WORDS), Refused)
    said = {name for one in memory.get_finished_spans() for name in (one.attributes or {})}
    assert said <= ALLOWED


async def test_recorded_histories_go_on_with_traces() -> None:
    """Histories of each kind replay with what carries traces put in; a replay makes no spans again."""
    memory, processor = kept()
    replays = Replayer(
        workflows=WORKFLOWS,
        data_converter=AS_JSON,
        workflow_runner=sandbox(),
        interceptors=[Traces(tracer_of(traced("test", processor)))],
    )
    for file in HISTORIES:
        await replays.replay_workflow(WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8")))
    assert memory.get_finished_spans() == ()


async def test_nothing_of_a_fault_or_an_address_leaves(tmp_path: Path) -> None:
    """A page's span has its route, method and answer; query, id and the words of a fault stay here."""
    memory, processor = kept()
    house, tracer = a_house(tmp_path), tracer_of(traced("test", processor))
    browser = httpx.AsyncClient(
        transport=httpx.ASGITransport(Timed(house.app, tracer=tracer)), base_url="http://office.test"
    )
    path = f"/findings/{REF}?{PLANTED}=1"
    outside = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
    async with browser:
        await browser.get(path, headers=outside)
        await browser.get(f"/nowhere/{PLANTED}")
    with pytest.raises(ValueError, match=PLANTED), tracer.start_as_current_span("fault"):
        raise ValueError(PLANTED)
    page, nowhere, fault = memory.get_finished_spans()
    assert page.name == "GET /findings/{reference}"
    assert dict(page.attributes or {})["http.route"] == "/findings/{reference}"
    assert page.parent is None
    assert nowhere.name == "GET none"
    assert [dict(one.attributes or {}) for one in fault.events] == [{"exception.type": "ValueError"}]
    assert all(PLANTED not in one.to_json() and REF not in one.to_json() for one in (page, nowhere, fault))


def test_nothing_is_sent_where_no_collector_is_set() -> None:
    """Without an endpoint there is no provider, no plugin, and what makes spans makes none."""
    assert sent("test", None) is None
    assert carried(None) == ()
    assert not tracer_of(None).start_span("nothing").is_recording()
