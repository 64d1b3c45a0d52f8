"""Questions from a shell and over HTTP: the promised shape, and every wrong input refused in words."""

import asyncio
import json
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.explaining import app
from reference.catalogue import sources
from reference.explaining import Question, answer
from rules.explaining.explain import for_programs
from rules.explaining.strip import describe, strip
from schemas.counting import Explanation
from schemas.outcomes import Refused
from web.law.routes import router

SHAPE = ["rule", "kind", "source", "mark", "calendar", "due_on", "due_at", "advice_on", "days"]
TWO_DAYS = "2026-01-14..2026-01-15"
START = ["--start", "2026-01-12"]


def shell(*words: str) -> tuple[int, Any]:
    """What the shell answers, as JSON."""
    said = CliRunner().invoke(app, [*words, "--json"])
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    return said.exit_code, json.loads(said.stdout)


class Http:
    """The three addresses alone: they need no rooms."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.app.include_router(router)

    def get(self, address: str) -> httpx.Response:
        """What this address answers."""

        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.get(address)

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def http() -> Http:
    """The three addresses."""
    return Http()


def test_the_shell_gives_the_promised_shape() -> None:
    """The real case of Christmas Day."""
    done, said = shell("explain", "inspection-comments", "--start", "2023-10-31")

    assert done == 0
    assert list(said) == SHAPE
    assert {**said, "days": len(said["days"])} == {
        "rule": "inspection-comments",
        "kind": "statutory",
        "source": "police-act-1996.s55",
        "mark": "verified",
        "calendar": "england-and-wales/2026-11-22",
        "due_on": "2023-12-25",
        "due_at": "2023-12-25T23:59:59Z",
        "advice_on": "2023-12-22",
        "days": 56,
    }
    assert said["days"][0] == {"on": "2023-10-31", "counted": True, "why": "the start day, which is day 1"}


def test_shell_and_http_say_the_same(http: Http) -> None:
    """Rules, dates and majorities."""
    words = ["evidence-request", *START, "--suspend", "2026-01-20..2026-01-21", "--suspend",
             "2026-01-26..2026-01-26", "--extend", "2", "--calendar", "scotland"]  # fmt: skip
    query = "rule=evidence-request&start=2026-01-12&suspend=2026-01-20..2026-01-21"
    query += "&suspend=2026-01-26..2026-01-26&extend=2&calendar=scotland"

    assert shell("rules")[1] == http.get("/api/v1/rules").json()
    assert shell("explain", *words)[1] == http.get(f"/api/v1/explain?{query}").json()
    assert shell("majority", "precept-veto", "--members", "17", "--for", "12")[1] == http.get(
        "/api/v1/majority?rule=precept-veto&members=17&for=12"
    ).json() == {"required": 12, "carried": True, "source": "prsra-2011.sch5.p4"}  # fmt: skip


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        (Question("no-such", "2026-01-12"), "unknown_rule"),
        (Question("precept-veto", "2026-01-12"), "unknown_rule"),
        (Question("fact-check", "tomorrow"), "wrong_input"),
        (Question("fact-check", ""), "wrong_input"),
        (Question("fact-check", "2026-02-30"), "wrong_input"),
        (Question("fact-check", "٢٠٢٦-01-12"), "wrong_input"),
        (Question("fact-check", "2026-01-12T09:00"), "instant_without_zone"),
        (Question("fact-check", "2026-01-12T25:00Z"), "wrong_input"),
        (Question("fact-check", "2026-01-12", "narnia"), "unknown_calendar"),
        (Question("fact-check", "2026-01-12", "uk-union/1999-01-01"), "unknown_calendar"),
        (Question("fact-check", "2028-12-22"), "beyond_horizon"),
        (Question("fact-check", "9999-12-31"), "beyond_horizon"),
        (Question("fact-check", "2026-01-12", suspend=("2026-01-14",)), "wrong_input"),
        (Question("fact-check", "2026-01-12", suspend=("..",)), "wrong_input"),
        (Question("fact-check", "2026-01-12", suspend=("2026-01-15..2026-01-14",)), "suspension_backwards"),
        (Question("fact-check", "2026-01-12", suspend=("..2026-01-14",)), "resume_without_suspend"),
        (Question("fact-check", "2026-01-12", suspend=("..9999-12-31",)), "wrong_input"),
        (Question("fact-check", "2026-01-12", suspend=("2026-01-14..",)), "clock_suspended"),
        (Question("fact-check", "2026-01-12", suspend=(TWO_DAYS,) * 2), "overlapping_suspensions"),
        (Question("fact-check", "2026-01-12", suspend=(TWO_DAYS,) * 99), "wrong_input"),
        (Question("fact-check", "2026-01-12", extend=("11",)), "extension_limit"),
        (Question("fact-check", "2026-01-12", extend=("2", "3")), "extension_limit"),
        (Question("fact-check", "2026-01-12", extend=("-2",)), "not_later"),
        (Question("fact-check", "2026-01-12", extend=("2026-01-13",)), "not_later"),
        (Question("fact-check", "2026-01-12", extend=("soon",)), "wrong_input"),
        (Question("fact-check", "2026-01-12", period="-3"), "negative_budget"),
        (Question("fact-check", "2026-01-12", period="few"), "wrong_input"),
        (Question("fact-check", "2026-01-12", period="3", by="2026-02-02"), "wrong_input"),
        (Question("fact-check", "2026-01-12", by="2026-01-09"), "start_after_due"),
        (Question("foi-response", "2026-01-12", period="3"), "cannot_set"),
        (Question("precept-issue", "2026-03-20"), "start_after_due"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_in_words(question: Question, refused: str) -> None:
    """With a sentence, and a source that is in the register."""
    found = answer(question)

    assert isinstance(found, Refused)
    assert found.code == refused
    assert found.message.endswith(".")
    assert found.source in sources()


def test_refusals_of_shell_and_http(http: Http) -> None:
    """An exit of 1, a status of 422, and the same facts."""
    done, said = shell("explain", "fact-check", "--start", "2028-12-22")
    answered = http.get("/api/v1/explain?rule=fact-check&start=2028-12-22")

    assert (done, answered.status_code) == (1, 422)
    assert said == answered.json()
    assert said["code"] == "beyond_horizon"
    assert shell("majority", "precept-veto", "--members", "17", "--for", "18")[0] == 1
    assert http.get("/api/v1/majority?rule=precept-veto&members=17&for=18").status_code == 422
    assert http.get("/api/v1/majority?rule=precept-veto&members=many&for=18").status_code == 422


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_is_answered(start: str, suspend: str, extend: str, calendar: str) -> None:
    """Never an exception."""
    for rule in ("fact-check", "panel-papers", start):
        found = answer(Question(rule, start, calendar, (suspend,), (extend,), extend, suspend))
        assert isinstance(found, Refused | Explanation)


def test_the_month_strip() -> None:
    """An image with a name, a description and every day's words, whatever they hold."""
    found = answer(Question("inspection-comments", "2023-10-31"))
    assert isinstance(found, Explanation)
    drawn = strip(found)

    assert 'role="img"' in drawn
    assert "<title" in drawn
    assert describe(found) in drawn
    assert drawn.count("<rect") == 56
    assert "Monday 25 December 2023: a calendar day (due)" in drawn
    assert for_programs(found)["due_on"] == date(2023, 12, 25).isoformat()
