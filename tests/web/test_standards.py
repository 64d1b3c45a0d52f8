"""Kinds of cycle: an office changes its own days, hours and reminders on a page."""

from typing import Any

import httpx
import pytest

from reference.catalogue import standards
from schemas.standards import Rung
from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from tests.web.test_starting import ready

KIND, PATH = "performance", "/settings/standards/performance"
WHY = "Leads asked for more warning."


@pytest.fixture
async def office(busy: House) -> House:
    """A policy officer at the settings, where one cycle runs."""
    await busy.browser.sign_in("policy-officer")
    return busy


def typed(**changes: Any) -> dict[str, Any]:
    """The form as it stands for the shipped standards, with what somebody types."""
    now = standards()[KIND]
    numbers = ("requests_out_before_due", "returns_due_before_session", "review_days", "fact_check_days",
               "overdue_escalates_after", "progress_days")  # fmt: skip
    facts: dict[str, Any] = {name: str(getattr(now, name)) for name in numbers}
    facts |= {
        "title": now.title, "due_hour": now.due_hour, "reminder_hour": now.reminder_hour,
        "extension-most_days": str(now.extension.most_days),
        "extension-most_times": str(now.extension.most_times),
        "findings-draft_days": str(now.findings.draft_days),
        "findings-publish_days": str(now.findings.publish_days), "reason": WHY,
    }  # fmt: skip
    for place, rung in enumerate(now.ladder, start=1):
        facts |= {f"rung-{place}-when": str(rung.offset), f"rung-{place}-to": list(rung.to)}
    return facts | changes


async def send(office: House, **changes: Any) -> httpx.Response:
    """Fill in the form and send it."""
    return await office.browser.fill(PATH, None, **typed(**changes))


async def test_another_reminder_is_kept_as_the_next_edition(office: House) -> None:
    """In its order on the ladder, with who, why and everything else as it was."""
    done = await send(office, **{"rung-6-when": "-14", "rung-6-to": ["lead"], "findings-publish_days": "18"})
    assert (done.status_code, done.headers["location"]) == (303, PATH)
    (made,) = office.memory.changed.standards
    was = standards()[KIND]
    assert made.standards == was.model_copy(
        update={
            "edition": 2,
            "ladder": (Rung(offset=-14, to=("lead",)), *was.ladder),
            "findings": was.findings.model_copy(update={"publish_days": 18}),
        }
    )
    assert (made.changed_by, made.reason) == ("policy-officer", WHY)
    page = await office.browser.get(PATH)
    assert "14 working days before it is due: the lead" in page.text
    assert WHY in page.text
    listed = await office.browser.get("/settings/standards")
    assert "Edition 2, Monday 23 November 2026" in listed.text


async def test_a_reminder_without_a_day_is_left_out(office: House) -> None:
    """Taking the day and the people away takes the reminder away."""
    await send(office, **{"rung-5-when": "", "rung-5-to": []})
    (made,) = office.memory.changed.standards
    assert made.standards.ladder == standards()[KIND].ladder[:-1]


async def test_the_form_that_is_sent_twice_makes_one_edition(office: House) -> None:
    """The second press is no mistake; a change made from what stood there before is."""
    page = await office.browser.get(PATH)
    sent = {**hidden_of(page.text, PATH), **typed(review_days="4")}
    for _ in range(2):
        assert (await office.browser.post(PATH, data=sent)).status_code == 303
    assert len(office.memory.changed.standards) == 1
    late = await office.browser.post(PATH, data={**sent, "review_days": "6"})
    assert late.status_code == 409
    assert "Somebody changed these meanwhile" in late.text
    assert 'name="review_days"' in late.text
    assert 'value="6"' in late.text
    assert len(office.memory.changed.standards) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review_days": "0"}, "It is 0; write a number of working days from 1 to 260"),
        ({"review_days": "soon"}, "Enter a whole number, such as 10"),
        ({"findings-publish_days": "5"}, "Findings would be published before they are drafted"),
        ({"rung-1-to": []}, "Choose at least one who is told, or choose no day"),
        ({"rung-1-when": ""}, "Choose when this reminder comes, or clear who is told"),
        ({"rung-2-when": "-7"}, "Another reminder comes on that day already"),
        ({"rung-2-when": "-400"}, "Choose one of the list"),
        ({"due_hour": "noon"}, "Enter a time such as 14:00"),
        ({"title": ""}, "Enter what the kind is called"),
        ({"reason": ""}, "Say why they are changed"),
        ({}, "Nothing is different from what is in force"),
    ],
)
async def test_wrong_input_is_named_and_nothing_is_kept(
    office: House, changes: dict[str, Any], words: str
) -> None:
    """What was typed stays on the form, and the field says what to do."""
    answer = await send(office, **changes)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2, "in the summary and beside the field"
    assert office.memory.changed.standards == []


async def test_the_page_names_the_cycles_that_follow_an_earlier_edition(office: House) -> None:
    """Each leads to where what would move is shown; before there is a newer edition nothing is said."""
    assert "earlier edition</h2>" not in (await office.browser.get(PATH)).text
    await send(office, review_days="4")
    page = (await office.browser.get(PATH)).text
    assert "1 cycle under way follows an earlier edition" in page
    assert f'href="/cycles/{REF}/act/ChangeStandards"' in page


async def test_an_unknown_kind_is_not_found(office: House) -> None:
    """With a page that helps."""
    assert (await office.browser.get("/settings/standards/nothing")).status_code == 404


async def test_new_cycles_follow_it_at_once(office: House) -> None:
    """The form that starts a cycle counts back with the days that were just kept."""
    await send(office, requests_out_before_due="12", returns_due_before_session="7")
    page = await office.browser.get("/settings/standards")
    assert "12 working days before the last day" in page.text
    name = await ready(office)
    dates = await office.browser.get(f"/cycles/new/{name}/dates")
    assert "Performance report for the quarter: 7 working days before the session" in dates.text
    check = await office.browser.get(f"/cycles/new/{name}/check")
    assert "12 working days to answer" in check.text
