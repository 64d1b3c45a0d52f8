"""My work says so where the engine has not been at work for a while, and nothing where it is."""

from datetime import timedelta

import pytest

from tests.web.house import NOW, House
from tests.web.memory import MemoryReads


@pytest.mark.parametrize(
    ("ago", "said"),
    [(timedelta(minutes=4), None), (timedelta(minutes=6), "last seen at work on"), (None, "not been seen")],
)
async def test_an_engine_that_is_quiet_is_named_first(
    busy: House, ago: timedelta | None, said: str | None
) -> None:
    """After five minutes without a round, with the instant of the last; and before the first one."""
    reads = busy.rooms.reads
    assert isinstance(reads, MemoryReads)
    reads.last_seen = NOW - ago if ago else None
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get("/my-work")).text
    assert ('id="engine"' in page) == bool(said)
    assert said is None or said in page
