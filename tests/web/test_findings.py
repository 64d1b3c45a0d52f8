"""The pages on which findings are drafted, checked, redacted, signed, released, corrected and withdrawn."""

import re
from html import unescape

import httpx
import pytest

from rules.clocks import instant
from schemas.commands import Redact
from schemas.cycle import FindingsVersion
from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of

PAGE = f"/cycles/{REF}/findings"


def act(kind: str) -> str:
    """The address of a form."""
    return f"/cycles/{REF}/act/{kind}"


@pytest.fixture
async def drafted(busy: House) -> House:
    """An office with one draft of findings."""
    busy.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await busy.done(s.attendance(REF), s.judge(REF), s.findings(REF))
    return busy


def newest(house: House) -> FindingsVersion:
    """The newest version as it stands."""
    cycle = house.memory.cycle(REF)
    assert cycle is not None
    return cycle.findings[-1]


async def signed(house: House, version: int = 1) -> None:
    """Both have signed."""
    for signer in (s.CHIEF_EXECUTIVE, s.COMMISSIONER):
        await house.done(s.approve(REF, signer, version))


async def test_a_draft_is_seen_as_everybody_would_before_it_is_saved(busy: House) -> None:
    """The same renderer, nothing written, nothing lost."""
    busy.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await busy.done(s.attendance(REF))
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.fill(
        act("DraftFindings"),
        answer="Partly.",
        body="## What we found\n\n<script>x</script> *much*",
        preview="yes",
    )
    assert page.status_code == 200
    assert "As everybody would read it" in page.text
    assert "<em>much</em>" in page.text
    assert "<script>x" not in page.text
    cycle = busy.memory.cycle(REF)
    assert cycle is not None
    assert cycle.findings == ()


async def test_the_force_reads_the_draft_and_answers(drafted: House) -> None:
    """Invited by the office; the comments stand beside the draft."""
    await drafted.browser.sign_in("policy-officer")
    assert "Ready to publish?" in (await drafted.browser.get(PAGE)).text
    await drafted.browser.fill(act("InviteFactCheck"))
    await drafted.browser.sign_in("chief-constable")
    assert "Say what is wrong in fact" in (await drafted.browser.get("/tasks")).text
    form = await drafted.browser.get(act("SubmitFactCheck"))
    assert "What we found" in form.text
    sent = await drafted.browser.fill(act("SubmitFactCheck"), comments="July is wrong.", sure="yes")
    assert sent.status_code == 303
    await drafted.browser.sign_in("policy-officer")
    page = await drafted.browser.get(PAGE)
    assert "July is wrong." in page.text
    assert (await drafted.browser.get(act("ApproveFindings"))).status_code == 403


async def test_nobody_signs_while_the_force_may_still_answer(drafted: House) -> None:
    """The sentence says until when, on the page and on the form."""
    await drafted.browser.sign_in("policy-officer")
    await drafted.browser.fill(act("InviteFactCheck"))
    assert "The force may comment on version 1 until" in (await drafted.browser.get(PAGE)).text
    await drafted.browser.sign_in("chief-executive")
    typed = {"statement": "I approve.", "sure": "yes", "name": "A. Signer"}
    page = await drafted.browser.fill(act("ApproveFindings"), **typed)
    assert page.status_code == 409
    assert "The force may comment on version 1 until" in page.text


async def choose(house: House, path: str, page: httpx.Response | None = None, **typed: str) -> httpx.Response:
    """Send the redaction form with all that it carries, its passages among it."""
    page = page or await house.browser.get(path)
    form = re.search(rf'<form[^>]*action="{re.escape(path)}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert form
    spans = [unescape(one) for one in re.findall(r'name="span" value="([^"]*)"', form[1])]
    hidden = {name: value for name, value in hidden_of(page.text, path).items() if name != "span"}
    said = {name.replace("_", "-"): value for name, value in typed.items()}
    return await house.browser.post(path, data={**hidden, "span": spans, **said})


async def test_words_are_taken_out_one_by_one_and_the_copy_is_seen_first(drafted: House) -> None:
    """Found exactly, the n-th time, each with its ground; put back again where that was wrong."""
    await drafted.browser.sign_in("policy-officer")
    path = act("Redact")
    wrong = await choose(drafted, path, add="yes", of="body", words="Zebra", nth="1", ground="safety")
    assert wrong.status_code == 422
    assert "do not stand in that text" in wrong.text
    groundless = await choose(drafted, path, add="yes", of="body", words="Much", nth="1")
    assert "Choose the ground" in groundless.text
    first = await choose(drafted, path, add="yes", of="body", words="Much", nth="1", ground="personal_data")
    assert "[withheld: personal data]" in first.text
    again = await choose(drafted, path, first, add="yes", of="body", words="Much", nth="1", ground="safety")
    assert "Two passages overlap" in again.text
    second = await choose(
        drafted, path, first, add="yes", of="answer", words="Partly", nth="1", ground="safety"
    )
    back = await choose(drafted, path, second, remove="answer:0:6:safety:")
    assert "Partly" in back.text
    assert not any(isinstance(one, Redact) for one in drafted.desk.sent)
    sent = await choose(drafted, path, back, send="yes")
    assert sent.headers["location"] == PAGE
    made = newest(drafted).redaction
    assert made is not None
    assert [(one.start, one.end) for one in made.spans] == [(18, 22)]
    assert drafted.memory.words[made.body].endswith("[withheld: personal data].")


async def test_items_are_withheld_and_a_second_person_checks(drafted: House) -> None:
    """The copy stands beside the draft; agreed or not, with what is wrong."""
    await drafted.browser.sign_in("policy-officer")
    path = act("Redact")
    missing = await choose(drafted, path, send="yes", item="1:1:1")
    assert "Choose the ground on which the items are withheld" in missing.text
    nothing = await choose(drafted, path, send="yes")
    assert "Nothing is taken out" in nothing.text
    sent = await choose(drafted, path, send="yes", item="1:1:1", items_ground="safety")
    assert sent.status_code == 303
    assert "Not checked yet" in (await drafted.browser.get(PAGE)).text
    own = await drafted.browser.fill(act("CheckRedactions"), agreed="yes", reason="")
    assert own.status_code == 409
    await drafted.browser.sign_in("publication-officer")
    assert "Redacted findings are to be checked" in (await drafted.browser.get("/my-work")).text
    assert (await drafted.browser.get(f"{PAGE}/redactions")).status_code == 200
    silent = await drafted.browser.fill(act("CheckRedactions"), agreed="no", reason="")
    assert "Say what is wrong with the copy" in silent.text
    await drafted.browser.fill(act("CheckRedactions"), agreed="no", reason="A name is left")
    assert "A name is left" in (await drafted.browser.get(PAGE)).text


async def test_versions_are_compared_word_by_word(drafted: House) -> None:
    """What is gone and what is new is marked, and escaped."""
    drafted.memory.words |= s.WORDS.kept
    await drafted.browser.sign_in("policy-officer")
    await drafted.browser.fill(act("DraftFindings"), answer="Mostly <b>.", body="## What we found\n\nLittle.")
    page = await drafted.browser.get(f"{PAGE}/compare?from=1&to=2")
    assert "<del>Much</del>" in page.text
    assert "<ins>Little</ins>" in page.text
    assert "<b>" not in page.text
    assert (await drafted.browser.get(f"{PAGE}/compare?from=1&to=9")).status_code == 404
    assert "The two are the same" in (await drafted.browser.get(f"{PAGE}/compare?from=1&to=1")).text


async def test_a_release_is_scheduled_and_held_back(drafted: House) -> None:
    """By a day or a condition, one of the two."""
    await signed(drafted)
    await drafted.browser.sign_in("publication-officer")
    on = s.date_after(drafted.memory.now, 5)
    day = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}
    both = await drafted.browser.fill(
        act("ScheduleRelease"), **day, hour="09:30", condition="The trial is over", placeholder="Soon."
    )
    assert "one of the two" in both.text
    sent = await drafted.browser.fill(
        act("ScheduleRelease"), **day, hour="09:30", condition="", placeholder="Soon.", despite_election=""
    )
    assert sent.status_code == 303, sent.text
    assert "waits to be released" in (await drafted.browser.get(PAGE)).text
    early = await drafted.browser.fill(act("Publish"), sure="yes", despite_election="")
    assert "Hold that release back first" in early.text
    await drafted.browser.fill(act("HoldBack"), reason="A figure is in doubt")
    assert "Held back: A figure is in doubt" in (await drafted.browser.get(PAGE)).text


async def test_what_is_published_is_corrected_and_withdrawn(drafted: House) -> None:
    """Also where the cycle has closed."""
    await signed(drafted)
    await drafted.browser.sign_in("publication-officer")
    assert "publish them" in (await drafted.browser.get("/my-work")).text
    assert (await drafted.browser.fill(act("Publish"), sure="yes")).status_code == 303
    await drafted.browser.sign_in("policy-officer")
    assert "Draft the findings" in (await drafted.browser.get(f"/cycles/{REF}")).text
    bare = await drafted.browser.fill(act("DraftFindings"), answer="Mostly.", body="More.", correction="")
    assert "Enter what is put right" in bare.text
    await drafted.browser.fill(
        act("DraftFindings"), answer="Mostly.", body="More.", correction="July was wrong."
    )
    await signed(drafted, 2)
    await drafted.browser.sign_in("publication-officer")
    assert (await drafted.browser.fill(act("Correct"), sure="yes")).status_code == 303
    assert newest(drafted).published_at
    taken = await drafted.browser.fill(act("Withdraw"), notice="It named somebody.", sure="yes")
    assert taken.status_code == 303, taken.text
    page = await drafted.browser.get(PAGE)
    assert "It named somebody." in page.text
    assert "Withdrawn" in page.text


async def test_the_findings_of_the_office_are_not_for_the_force(drafted: House) -> None:
    """Nor before there are any, for the office."""
    await drafted.browser.sign_in("chief-constable")
    assert (await drafted.browser.get(PAGE)).status_code == 403
    await drafted.browser.sign_in("policy-officer")
    assert (await drafted.browser.get(f"{PAGE}/redactions")).status_code == 404
    assert (await drafted.browser.get(f"{PAGE}?version=7")).status_code == 404
