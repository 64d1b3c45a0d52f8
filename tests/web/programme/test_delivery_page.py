"""The delivery plan: rated, written about, frozen for the panel; and what is refused."""

import hashlib
import html
import re

import pytest

from schemas.outcomes import NotKnownYet
from tests import programme as p
from tests.web.house import House

ASK = "/plan/manage/swm-reassure-04"
SAID = {
    "rating": "amber",
    "because": "Half of the force is trained.",
    "narrative": "=The <b>training</b> goes on.",
}


async def hidden(house: House) -> dict[str, str]:
    """What the form carries besides what is typed."""
    page = (await house.browser.get(ASK)).text
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


async def test_the_page_rates_every_commitment_in_words(planned: House) -> None:
    """Each has a word in each quarter; nothing known is not rated, and never green."""
    await planned.browser.sign_in("policy-officer")
    page = (await planned.browser.get("/plan/manage")).text
    assert "Not rated: 127." in page
    assert page.count("Nothing written") >= 127
    assert f'href="{ASK}?quarter=2026-10"' in page


async def test_what_the_office_writes_stands_with_its_reason(planned: House) -> None:
    """The override is shown as the office's, and what was typed stays words."""
    await planned.browser.sign_in("policy-officer")
    answer = await planned.browser.fill(ASK, **SAID)
    assert answer.status_code == 303
    page = (await planned.browser.get("/plan/manage")).text
    assert "◆ Amber (office)" in page
    assert "<b>training" not in page
    again = (await planned.browser.get(ASK)).text
    assert "Half of the force is trained." in again


async def test_another_rating_without_a_reason_is_refused_and_what_was_typed_kept(planned: House) -> None:
    """At the field that is missing, with the narrative still there."""
    await planned.browser.sign_in("policy-officer")
    page = await planned.browser.fill(ASK, **{**SAID, "because": ""})
    assert page.status_code == 422
    assert "The rule says none. Say why it should be amber" in html.unescape(page.text)
    assert "training" in page.text
    programme = planned.memory.planned.programme
    assert programme
    assert programme.delivery == ()


@pytest.mark.parametrize("field", ["rating", "narrative"])
async def test_what_is_left_out_is_asked_for(planned: House, field: str) -> None:
    """Each field has its sentence."""
    await planned.browser.sign_in("policy-officer")
    page = await planned.browser.fill(ASK, **{**SAID, field: ""})
    assert page.status_code == 422
    assert f'href="#{field}' in page.text


async def test_somebody_else_wrote_meanwhile(planned: House) -> None:
    """The second is shown what stands, and keeps what they typed."""
    await planned.browser.sign_in("policy-officer")
    carried = await hidden(planned)
    assert (await planned.browser.fill(ASK, **SAID)).status_code == 303
    late = await planned.browser.post(ASK, data={**carried, **SAID, "narrative": "Mine."})
    assert late.status_code == 409
    assert "Mine." in late.text


async def test_a_second_press_is_harmless(planned: House) -> None:
    """The same form twice writes once."""
    await planned.browser.sign_in("policy-officer")
    carried = await hidden(planned)
    for _ in range(2):
        assert (await planned.browser.post(ASK, data={**carried, **SAID})).status_code == 303
    assert sum(one.event.kind == "DeliveryAssessed" for one in planned.memory.planned.entries) == 1


async def test_a_snapshot_is_numbered_downloaded_and_never_changes(planned: House) -> None:
    """Its file has the digest that the page shows, no formula, and stays after something else was written."""
    await planned.browser.sign_in("policy-officer")
    await planned.browser.fill(ASK, **SAID)
    froze = await planned.browser.fill("/plan/manage", to="/plan/manage/freeze")
    assert froze.status_code == 303
    page = (await planned.browser.get("/plan/manage")).text
    first = await planned.browser.get("/plan/manage/snapshots/1.csv")
    digest = re.search(r"SHA-256 ([0-9a-f]{64})", page)
    assert digest
    assert hashlib.sha256(first.content).hexdigest() == digest[1]
    assert len(first.text.splitlines()) == 128
    assert ",'=The <b>training</b> goes on." in first.text
    await planned.browser.fill(ASK, **{**SAID, "narrative": "All are trained."})
    await planned.browser.fill("/plan/manage", to="/plan/manage/freeze")
    assert (await planned.browser.get("/plan/manage/snapshots/1.csv")).content == first.content
    assert "All are trained." in (await planned.browser.get("/plan/manage/snapshots/2.csv")).text


async def test_nothing_new_is_not_frozen_again(planned: House) -> None:
    """The page says which snapshot there is."""
    await planned.browser.sign_in("policy-officer")
    await planned.browser.fill("/plan/manage", to="/plan/manage/freeze")
    page = await planned.browser.fill("/plan/manage", to="/plan/manage/freeze")
    assert page.status_code == 409
    assert "Nothing has changed since snapshot 1" in page.text


async def test_the_panel_reads_and_downloads_and_writes_nothing(planned: House) -> None:
    """The secretariat has the table and the files, and no form."""
    await planned.browser.sign_in("policy-officer")
    await planned.browser.fill("/plan/manage", to="/plan/manage/freeze")
    await planned.browser.sign_in("panel-secretariat")
    page = (await planned.browser.get("/plan/manage")).text
    assert "for the panel</button>" not in page
    assert f'href="{ASK}' not in page
    assert (await planned.browser.get("/plan/manage/snapshots/1.csv")).status_code == 200
    assert (await planned.browser.get(ASK)).status_code == 403


@pytest.mark.parametrize(
    "path", ["/plan/manage/swm-victims-99", "/plan/manage/snapshots/9.csv", "/plan/manage/snapshots/x.csv"]
)
async def test_what_there_is_not_is_said(planned: House, path: str) -> None:
    """404 in the look of every page."""
    await planned.browser.sign_in("policy-officer")
    page = await planned.browser.get(path)
    assert page.status_code == 404
    assert "Page not found" in page.text


async def test_without_a_programme_it_can_be_read_and_says_what_is_missing(house: House) -> None:
    """Ratings stand; where to begin the programme is linked."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/plan/manage")).text
    assert "The programme of the office is not begun yet" in page
    assert "Not rated: 127." in page


async def test_an_engine_that_does_not_answer_is_said_and_nothing_is_lost(planned: House) -> None:
    """It says "not known yet", with all that was typed, for the same key."""
    await planned.browser.sign_in("policy-officer")
    planned.programme.told.append(NotKnownYet(cycle=p.REF, key="test-key-000000"))
    page = await planned.browser.fill(ASK, **SAID)
    assert page.status_code == 202
    assert "Half of the force is trained." in page.text
