"""Sign-off: what waits for whoever signs, read, signed, sent back or put off; nothing unread."""

import re
from html import unescape

import pytest

from rules.clocks import instant
from schemas.cycle import FindingsVersion
from schemas.outcomes import NotKnownYet
from schemas.people import Appointment, Person, Role
from tests import scenario as s
from tests.rules import findings_acts as about
from tests.web.conftest import REF
from tests.web.house import NOW, House
from tests.web.memory import MemoryReads

PAGE = f"/sign-off/{REF}"


@pytest.fixture
async def ready(busy: House) -> House:
    """An office with a draft that the chief executive has signed; the Commissioner is signed in."""
    busy.memory.now = instant(s.date_after(NOW, 30), "18:00")
    await busy.done(s.attendance(REF), s.judge(REF), s.findings(REF), s.approve(REF, s.CHIEF_EXECUTIVE))
    await busy.browser.sign_in("commissioner")
    return busy


def newest(house: House) -> FindingsVersion:
    """The newest version as it stands."""
    cycle = house.memory.cycle(REF)
    assert cycle is not None
    return cycle.findings[-1]


async def way(house: House, name: str) -> str:
    """Where a button of the page leads."""
    page = (await house.browser.get(PAGE)).text
    found = re.search(rf'href="({PAGE}/{name}\?[^"]*)"', page)
    assert found, f"there is no way to {name}"
    return unescape(found[1])


async def sends(house: House, which: str, **typed: str) -> object:
    """Press a button, fill in its form and send it."""
    return await house.browser.fill(await way(house, which), to=f"{PAGE}/{which}", **typed)


async def test_whoever_signs_begins_with_what_waits(ready: House) -> None:
    """And with their work where nothing does; nobody else has the page."""
    begun = await ready.browser.sign_in("commissioner")
    assert begun.headers["location"] == "/sign-off"
    page = (await ready.browser.get("/sign-off")).text
    assert "1 thing waits for you." in page
    assert "Findings to sign" in page
    assert f'href="{PAGE}"' in page
    assert 'href="/sign-off" aria-current="page"' in page
    begun = await ready.browser.sign_in("chief-executive")
    assert begun.headers["location"] == "/my-work"
    assert "Nothing waits for you." in (await ready.browser.get("/sign-off")).text
    begun = await ready.browser.sign_in("policy-officer")
    assert begun.headers["location"] == "/my-work"
    assert (await ready.browser.get("/sign-off")).status_code == 403
    assert 'href="/sign-off"' not in (await ready.browser.get("/my-work")).text


async def test_everything_is_read_on_one_page(ready: House) -> None:
    """How long it takes, the answer, the judgement, the evidence a tap away, and what signing does."""
    page = (await ready.browser.get(PAGE)).text
    assert "About 1 minute to read" in page
    assert "The answer" in page
    assert "What happens when you sign" in page
    assert "Nothing becomes public by your signature alone" in page
    assert "Publication officer" in page
    assert "Panel secretariat" in page
    opened = re.search(rf'href="(/cycles/{REF}/evidence/[^"]+from=sign-off)"', page)
    assert opened
    evidence = (await ready.browser.get(unescape(opened[1]))).text
    assert f'href="{PAGE}#evidence-1"' in evidence


async def test_a_signature_keeps_its_statement_and_the_name_that_was_typed(ready: House) -> None:
    """Once, however often the button is pressed."""
    to = await way(ready, "sign")
    form = await ready.browser.get(to)
    assert "It is an electronic signature" in form.text
    empty = await ready.browser.fill(to, to=f"{PAGE}/sign", statement="I approve it.")
    assert empty.status_code == 422
    assert "Enter your full name" in empty.text
    assert "Tick the box to sign" in empty.text
    assert "I approve it." in empty.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form.text))
    typed = {**hidden, "statement": "I approve it.", "sure": "yes", "name": "A. Signer"}
    for _ in range(2):
        sent = await ready.browser.post(f"{PAGE}/sign", data=typed)
        assert (sent.status_code, sent.headers["location"]) == (303, "/sign-off")
    signed = newest(ready).approvals
    assert len(signed) == 2
    assert ready.memory.words[signed[1].name or ""] == "A. Signer"
    assert ready.memory.words[signed[1].statement] == "I approve it."
    page = (await ready.browser.get("/sign-off")).text
    assert "is signed" in page
    assert "Nothing waits for you." in page
    assert "Signed in your place." in (await ready.browser.get(PAGE)).text


async def test_nothing_is_signed_where_another_version_came_in(ready: House) -> None:
    """It says so, shows what changed, and leads to the newer one."""
    to = await way(ready, "sign")
    form = (await ready.browser.get(to)).text
    again = s.findings(REF).model_copy(update={"key": "another-version", "answer": s.say("Wholly.")})
    await ready.done(again)
    assert (await ready.browser.get(to)).status_code == 409
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    sent = await ready.browser.post(
        f"{PAGE}/sign", data={**hidden, "statement": "I approve.", "sure": "yes", "name": "A. Signer"}
    )
    assert sent.status_code == 409
    assert "Nothing was signed" in sent.text
    assert "<ins>Wholly</ins>" in sent.text
    typed = {**hidden, "note": "A note that took a while."}
    assert "A note that took a while." in (await ready.browser.post(f"{PAGE}/send-back", data=typed)).text
    assert newest(ready).approvals == ()


async def test_a_copy_that_was_made_again_is_not_what_was_read(ready: House) -> None:
    """Words taken out while it was read: the same version, and yet another text."""
    to = await way(ready, "sign")
    await ready.done(*(one.model_copy(update={"cycle": REF}) for one in (about.redact(), about.check())))
    said = await ready.browser.get(to)
    assert said.status_code == 409
    assert "What would be published changed" in said.text


async def test_what_changed_since_it_was_last_read_stands_first(ready: House) -> None:
    """Of the version that I read, though another lay between; else of the one before."""
    await ready.browser.get(PAGE)
    for place, answer in enumerate(("Hardly.", "Wholly.")):
        again = s.findings(REF).model_copy(update={"key": f"version-{place}-more", "answer": s.say(answer)})
        await ready.done(again)
    page = (await ready.browser.get(PAGE)).text
    assert "Since version 1, which you read last." in page
    assert page.index("What changed") < page.index("The question")
    assert "<ins>Wholly</ins>" in page
    assert "Hardly" not in page
    assert "The chief executive signs first" in page
    assert f"{PAGE}/sign?" not in page
    await ready.browser.sign_in("chief-executive")
    assert "Since version 2, the version before." in (await ready.browser.get(PAGE)).text


async def test_it_goes_back_with_a_note(ready: House) -> None:
    """The officer reads the note where the findings stand; nobody is asked to sign."""
    empty = await sends(ready, "send-back", note="")
    assert getattr(empty, "status_code", 0) == 422
    sent = await sends(ready, "send-back", note="Say what happened in July.")
    assert getattr(sent, "status_code", 0) == 303
    assert newest(ready).sent_back is not None
    page = (await ready.browser.get(PAGE)).text
    assert "Say what happened in July." in page
    assert f"{PAGE}/sign?" not in page
    await ready.browser.sign_in("policy-officer")
    assert "The findings were sent back with a note" in (await ready.browser.get("/my-work")).text
    assert "Say what happened in July." in (await ready.browser.get(f"/cycles/{REF}/findings")).text


async def test_it_is_put_off_to_a_day_on_which_the_engine_reminds(ready: House) -> None:
    """Until then it stands apart, and the day does not begin with it."""
    wrong = await sends(ready, "later", on="2026-01-01")
    assert "Choose a day" in getattr(wrong, "text", "")
    on = s.date_after(ready.memory.now, 3).isoformat()
    await sends(ready, "later", on=on)
    cycle = ready.memory.cycle(REF)
    assert cycle is not None
    assert [one.on.isoformat() for one in cycle.wakes] == [on]
    page = (await ready.browser.get("/sign-off")).text
    assert "You put off" in page
    assert (await ready.browser.sign_in("commissioner")).headers["location"] == "/my-work"
    ready.memory.now = instant(s.date_after(ready.memory.now, 3), "09:00")
    assert "You put off" not in (await ready.browser.get("/sign-off")).text


async def test_every_state_is_said(ready: House) -> None:
    """No draft yet, no answer of the engine, published, and no such cycle."""
    assert (await ready.browser.get("/sign-off/HTA-2026-99")).status_code == 404
    assert (await ready.browser.get(f"{PAGE}/burn")).status_code in (404, 422)
    ready.desk.told.append(
        NotKnownYet(cycle=REF, key="some-key-of-it", message="No answer yet. Send it again.")
    )
    waits = await sends(ready, "sign", statement="I approve.", sure="yes", name="A. Signer")
    assert getattr(waits, "status_code", 0) == 202
    await ready.done(s.approve(REF, s.COMMISSIONER), s.publish(REF))
    assert "has been public since" in (await ready.browser.get(PAGE)).text
    second = "HTA-2026-02"
    await ready.done(s.open_cycle(second, ready.memory.now))
    assert "Nothing to sign yet" in (await ready.browser.get(f"/sign-off/{second}")).text


async def test_whoever_acts_for_the_commissioner_sees_on_whose_behalf(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the list, over what is read, over the signature; what waits for the Commissioner is theirs."""
    acting = Person(
        id="chief-finance-officer",
        title="Chief Finance Officer",
        role=Role.CHIEF_FINANCE_OFFICER,
        organisation="west-mercia-opcc",
        address="cfo@office.example",
        appointments=(Appointment(role=Role.ACTING_COMMISSIONER, from_on=ready.memory.now.date()),),
    )
    known = {**await ready.rooms.reads.people(), acting.id: acting}

    async def people(_reads: MemoryReads) -> dict[str, Person]:
        return known

    monkeypatch.setattr(MemoryReads, "people", people)
    assert (await ready.browser.sign_in(acting.id)).headers["location"] == "/sign-off"
    for address in ("/sign-off", PAGE, await way(ready, "sign")):
        assert "You act for the Commissioner since" in (await ready.browser.get(address)).text
    await sends(ready, "sign", statement="I approve.", sure="yes", name="A. Signer")
    assert newest(ready).approvals[-1].by.role == Role.ACTING_COMMISSIONER
