"""Both names on what everybody reads: the page, the data and the paper, from the day of a succession on."""

import io
import json
from datetime import datetime, timedelta

import pdfplumber

from schemas import events as e
from schemas.successions import Called, Part
from tests.scenario import OFFICER
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import Visit
from tests.web_public.test_promised import PAGE, before_publication

DAY = s.day("10-15").date()
BODY = f"Mayor of West Mercia (before {DAY:%-d %B %Y}: Commissioner for West Mercia)"
FORCE = f"Mercia Police (before {DAY:%-d %B %Y}: West Mercia Police)"


def taken(story: s.Story, what: Part, was: str, to: str) -> e.BodySucceeded:
    """Somebody takes over, with both names."""
    return e.BodySucceeded(
        what=what, was=f"old-{what}", to=f"new-{what}", from_on=DAY, reason=story.words.ref("SECRET LAW"),
        was_name=story.words.ref(was), to_name=story.words.ref(to),
    )  # fmt: skip


def told(story: s.Story, at: datetime) -> None:
    """A body and a force are followed."""
    story.then(at, OFFICER, taken(story, "body", "Commissioner for West Mercia", "Mayor of West Mercia"))
    story.then(at, OFFICER, taken(story, "force", "West Mercia Police", "Mercia Police"))


def words_of(paper: bytes) -> str:
    """What the first page of a paper says."""
    with pdfplumber.open(io.BytesIO(paper)) as found:
        return " ".join((found.pages[0].extract_text() or "").split())


async def test_findings_of_after_the_day_name_both_everywhere(visit: Visit) -> None:
    """On the page, in the data with what it takes to check it, and on paper."""
    story = before_publication()
    told(story, s.day("10-20"))
    s.published(story, "## What we found\n\nMuch.")
    async with visit(stub.reads_of(story)) as visitor:
        page = (await visitor.get(PAGE)).text
        data = json.loads((await visitor.get(PAGE + ".json")).text)
        paper = words_of((await visitor.get(PAGE + ".pdf")).content)
    assert f"Held to account by: <strong>{BODY}</strong>" in page
    assert f"Force: <strong>{FORCE}</strong>" in page
    assert "Mercia Police takes over from West Mercia Police with effect from" in page
    assert "SECRET" not in page
    names = {data["words"][one["to_name"]] for one in json.loads(data["canonical"])["successions"]}
    assert names == {"Mayor of West Mercia", "Mercia Police"}
    assert f"Held to account by: {BODY}" in paper
    assert f"Force: {FORCE}" in paper


async def test_findings_of_before_the_day_keep_their_name_on_paper(visit: Visit) -> None:
    """The paper never changes; the page says who stands today as well."""
    story = before_publication()
    s.published(story, "## What we found\n\nMuch.")
    reads = stub.reads_of(story)
    async with visit(reads) as visitor:
        before = (await visitor.get(PAGE + ".pdf")).content
        told(story, s.NOW - timedelta(hours=1))
        page = (await visitor.get(PAGE)).text
        after = (await visitor.get(PAGE + ".pdf")).content
    assert BODY in page
    assert "Mayor" not in words_of(after)
    assert before == after


async def test_a_cycle_opened_under_the_successor_names_it_alone(visit: Visit) -> None:
    """It never had another."""
    story = s.Story()
    first = before_publication().entries
    for entry in first:
        event = entry.event
        if isinstance(event, e.CycleOpened):
            called = Called(what="body", id="new-body", name=story.words.ref("Mayor of West Mercia"))
            event = event.model_copy(update={"body": "new-body", "called": (called,)})
        story.then(entry.at, entry.actor, event)
    story.words.kept.update(before_publication().words.kept)
    s.published(story, "## What we found\n\nMuch.")
    async with visit(stub.reads_of(story)) as visitor:
        page = (await visitor.get(PAGE)).text
        paper = words_of((await visitor.get(PAGE + ".pdf")).content)
    assert "Held to account by: <strong>Mayor of West Mercia</strong>" in page
    assert "Held to account by: Mayor of West Mercia" in paper
    assert "Commissioner for" not in paper
