"""The archive as the public has it while findings are published."""

import httpx
import pytest

from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.conftest import app_over
from web.papers.archive import Archive


@pytest.fixture
def reads() -> stub.StubReads:
    """One published record."""
    return stub.reads_of(s.told())


async def test_the_archive_is_made_once_for_a_crowd_and_anew_after_a_publication(
    reads: stub.StubReads,
) -> None:
    """What was published is in the next, and the one before it is had meanwhile."""
    app = app_over(reads)
    archive: Archive = app.state.rooms.archive
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as site:
        assert (await site.get("/archive.zip")).status_code == 503
        await archive.settled()
        first = (await site.get("/archive.zip")).headers["etag"]
        story = s.told(reference="HTA-2026-09")
        reads.mark = "2"
        assert (await site.get("/archive.zip")).headers["etag"] == first
        reads.stories.append(story)
        reads.shown.append(story.publication())
        assert (await site.get("/archive.zip")).headers["etag"] == first
        await archive.settled()
        second = await site.get("/archive.zip")
        assert second.headers["etag"] != first
        assert int(second.headers["content-length"]) == len(second.content)
        assert (await site.head("/archive.zip")).content == b""
