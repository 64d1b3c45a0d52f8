"""The history on a cycle's page: the newest lines, and all of them on demand."""

import pytest

from tests import scenario
from tests.rules import acts
from tests.web.conftest import REF
from tests.web.house import House


@pytest.mark.parametrize(("asked", "shown"), [("", 30), ("?history=all", 48)])
async def test_a_long_history_shows_its_newest_lines_and_the_way_to_the_rest(
    busy: House, asked: str, shown: int
) -> None:
    """A page of four hundred lines would be slow to make and slower to read."""
    while len(busy.memory.ledgers[REF]) < 48:
        decision = acts.record_decision().model_copy(update={"cycle": REF})
        await busy.desk.send(decision, scenario.WORDS)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}{asked}")).text
    assert page.count('class="moj-timeline__item"') == shown
    assert ("Show all 48 lines" in page) is not asked.startswith("?")
