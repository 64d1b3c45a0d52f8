"""The public calculator: the sum in words, picture and table, and mistakes that can be mended."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from rules.law.register import RULES
from tests.web_public.conftest import app_over
from tests.web_public.stub import StubReads
from web.law.routes import router

PAGE = "/deadlines/calculator"


@pytest.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    app = app_over(StubReads())
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as client:
        yield client


async def test_every_rule_can_be_chosen(visitor: httpx.AsyncClient) -> None:
    """The form alone, without an error, and nothing that a script has to do."""
    page = await visitor.get(PAGE)

    assert page.status_code == 200
    assert all(f'value="{name}"' in page.text for name in RULES)
    assert "There is a problem" not in page.text
    assert '<form method="get"' in page.text
    assert " style=" not in page.text


async def test_the_sum_of_a_real_report(visitor: httpx.AsyncClient) -> None:
    """Words, mark, source, picture, and one row for each of the 56 days."""
    where = f"{PAGE}?rule=inspection-comments&start-day=31&start-month=10&start-year=2023"
    page = await visitor.get(where)
    said = unescape(page.text)

    assert page.status_code == 200
    assert "Monday 25 December 2023 at 23:59" in said
    assert "Friday 22 December 2023: the due day is not a working day, and does not move" in said
    assert "Verified: the words of the source were read" in said
    assert 'href="https://www.legislation.gov.uk/ukpga/1996/16/section/55"' in said
    assert 'role="img"' in said
    assert len(re.findall(r"<td[^>]*>Yes</td>", said)) == 56
    assert "It blocks nothing" in said


@pytest.mark.parametrize("rule", RULES)
async def test_every_rule_has_a_page(visitor: httpx.AsyncClient, rule: str) -> None:
    """Whatever the rule, its page says whose it is; what has no day is said in a summary of errors."""
    page = await visitor.get(f"{PAGE}?rule={rule}&start=2021-01-12")

    assert page.status_code in {200, 422}
    assert ("Whose clock" in page.text) == (page.status_code == 200)
    assert ("There is a problem" in page.text) == (page.status_code == 422)
    assert page.status_code == 200 or rule == "recommendation-none"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("rule=fact-check", "start-day"),
        ("rule=fact-check&start-day=30&start-month=2&start-year=2026", "start-day"),
        ("rule=fact-check&start=2031-01-01", "start-day"),
        ("rule=nothing&start=2026-01-12", "rule"),
        ("rule=fact-check&start=2026-01-12&suspend=x", "suspend"),
        ("rule=fact-check&start=2026-01-12&extend=99", "extend"),
        ("rule=fact-check&start=2026-01-12&by=soon", "by"),
        ("rule=fact-check&start=2026-01-12&period=-1", "period"),
        ("rule=fact-check&start=2026-01-12&calendar=narnia", "calendar"),
    ],
)
async def test_a_mistake_is_said_where_it_can_be_mended(
    visitor: httpx.AsyncClient, query: str, place: str
) -> None:
    """A summary that leads to the field, which is on the page, and `Error:` in the title."""
    page = await visitor.get(f"{PAGE}?{query}")

    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert f'href="#{place}"' in page.text
    assert f'id="{place}"' in page.text
    assert "Source: " in page.text


async def test_what_is_typed_is_never_run(visitor: httpx.AsyncClient) -> None:
    """Typed words come back as words."""
    page = await visitor.get(f"{PAGE}?rule=fact-check&start=2026-01-12&suspend=<script>alert(1)</script>")

    assert "<script>alert" not in page.text
