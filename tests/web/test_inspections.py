"""A cycle that answers an inspection report: its 56 days on every page, and what is certified, to be read."""

from datetime import date, timedelta

import pytest

from rules.clocks import civil
from schemas.commands import OpenCycle
from schemas.evidence import FileItem, WrittenItem
from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of
from tests.web.test_starting import begun, step

REPORT = civil(NOW) - timedelta(days=3)
LAST = REPORT + timedelta(days=55)
TITLE = "Calls for help: an inspection"
DIGEST = "ab" * 32


def said(on: date) -> str:
    """A day as pages say it."""
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def boxes(on: date) -> dict[str, str]:
    """The day of the report as it is typed."""
    named = {"day": str(on.day), "month": str(on.month), "year": str(on.year)}
    return {f"report_on-{one}": value for one, value in named.items()}


@pytest.fixture
async def answering(house: House) -> House:
    """An office with one cycle, begun without the programme, that answers a report."""
    report = {"published_on": REPORT, "title": s.say(TITLE)}
    await house.done(s.open_cycle(REF, NOW, report=report))
    return house


async def draft(house: House, on: date, **requests: str) -> str:
    """A draft of an answer to a report of a day."""
    name = await begun(house, "inspection_response")
    await step(house, name, "question", commitments="SWM-VICTIMS-01")
    await step(house, name, "requests", **requests)
    await step(house, name, "dates", report_name=TITLE, ask="now", **boxes(on))
    return name


async def test_the_day_and_the_name_of_the_report_go_into_the_cycle(house: House) -> None:
    """What is typed at the start is kept with the cycle, and the day of the law stands on the check."""
    name = await draft(house, REPORT)
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert said(LAST) in page
    assert TITLE in page
    done = await house.browser.post(
        f"/cycles/new/{name}/send", data=hidden_of(page, f"/cycles/new/{name}/send")
    )
    assert done.status_code == 303, done.text
    [sent] = house.desk.sent
    assert isinstance(sent, OpenCycle)
    assert sent.report is not None
    assert (sent.report.published_on, house.memory.words[sent.report.title or ""]) == (REPORT, TITLE)
    assert [one.lead for one in sent.requests if one.certify] == ["deputy-chief-constable"]


async def test_a_report_of_a_day_to_come_is_refused_beside_its_field(house: House) -> None:
    """With what to do instead; without a day there is no clock, and the cycle can be begun."""
    name = await draft(house, civil(NOW) + timedelta(days=2))
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "is still to come. Enter the day on which the report was published" in page
    assert f"/cycles/new/{name}/dates#report_on" in page
    empty = dict.fromkeys(boxes(REPORT), "")
    await step(house, name, "dates", **empty)
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "Last day of the law" not in page
    assert "Send 2 requests" in page


async def test_whoever_would_certify_their_own_answer_is_refused_at_the_start(house: House) -> None:
    """The Chief Constable certifies: so somebody else answers, and the page says so before it is sent."""
    name = await draft(house, REPORT, r1_lead="chief-constable")
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "would have to certify their own answer, which nobody may" in page
    assert "Put it to somebody else who answers" in page
    assert "Send 2 requests" not in page
    await step(house, name, "requests", r1_lead="deputy-chief-constable")
    assert "Send 2 requests" in (await house.browser.get(f"/cycles/new/{name}/check")).text


async def test_the_clock_stands_on_the_cycle_my_work_and_the_deadlines(answering: House) -> None:
    """With its day, and why it is that day."""
    browser = answering.browser
    await browser.sign_in("policy-officer")
    page = (await browser.get(f"/cycles/{REF}")).text
    assert said(LAST) in page
    assert TITLE in page
    assert f"/deadlines/why/{REF}/comments" in page
    work = (await browser.get("/my-work")).text
    assert f"due by law by {LAST.day} {LAST:%B} {LAST.year}" in work
    board = (await browser.get("/deadlines?what=comments")).text
    assert "Comments on an inspection report" in board
    why = (await browser.get(f"/deadlines/why/{REF}/comments")).text
    assert said(LAST) in why
    assert "Police Act 1996" in why
    told = (await browser.get(f"/api/v1/cycles/{REF}/why/comments")).json()
    assert told["rule"] == "inspection-comments"


async def test_the_panel_sees_it_counted_from_the_day_of_the_report(answering: House) -> None:
    """Among its clocks and its replies, without a programme; late once it is, and gone once it is met."""
    await answering.browser.sign_in("panel-secretariat")
    page = (await answering.browser.get("/panel")).text
    assert page.count(f"/deadlines/why/{REF}/comments") == 2
    assert said(LAST) in page
    answering.memory.now = NOW + timedelta(days=80)
    await answering.browser.sign_in("panel-secretariat")
    replies = (await answering.browser.get("/panel")).text.split('id="replies"')[1]
    assert "Late" in replies.split("</table>")[0]
    await answering.done(s.attendance(REF), s.judge(REF), s.findings(REF))
    await answering.done(s.approve(REF, s.CHIEF_EXECUTIVE), s.approve(REF, s.COMMISSIONER))
    await answering.done(s.publish(REF))
    page = (await answering.browser.get("/panel")).text
    assert f"/deadlines/why/{REF}/comments" not in page


async def test_what_is_certified_can_be_read_where_it_is_certified(house: House) -> None:
    """The answer in words and its files with their fingerprints: on the form, and on the task's own."""
    drafted = s.open_cycle(REF, NOW, requests=1)
    asked = drafted.requests[0].model_copy(update={"certify": True})
    file = FileItem(digest=DIGEST, size=9, media_type="text/csv", name=s.say("calls.csv"))
    written = WrittenItem(text=s.say("Nine in ten calls are answered in time."))
    answer = s.submit(REF, items=(written, file))
    await house.done(drafted.model_copy(update={"requests": (asked,)}), answer)
    await house.browser.sign_in("chief-constable")
    for address in (f"/cycles/{REF}/act/CertifyReturn?request=1", f"/tasks/{REF}/1/certify"):
        page = (await house.browser.get(address)).text
        assert "What you certify" in page
        assert "Nine in ten calls are answered in time." in page
        assert "calls.csv" in page
        assert DIGEST in page
    other = (await house.browser.get(f"/tasks/{REF}/1/question")).text
    assert "What you certify" not in other
