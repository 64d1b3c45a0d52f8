"""A lead's task in a hurry: the four ways, the check before it is sent, files that stay; links overseen."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from schemas.commands import Delegate, RequestExtension, SubmitReturn
from schemas.outcomes import Receipt
from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from tests.web.test_link import LEAD, TASK, comes_in, letters, link_to

LINKS = f"/cycles/{REF}/requests/2/links"


@pytest.fixture
async def inside(busy: House) -> House:
    """A lead who has come in by a link."""
    await comes_in(busy, await link_to(busy))
    return busy


def inputs(page: httpx.Response) -> dict[str, Any]:
    """Everything that the form of a check page would send, files included."""
    form = page.text.split('id="form"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: [value for one, value in found if one == name] for name, _value in found}


async def of_parts(house: House, *parts: str) -> str:
    """A further request in several parts; its page."""
    words = s.WORDS
    command = s.add_request(REF)
    asked = command.request.model_copy(update={"asked": tuple(words.ref(one) for one in parts)})
    done = await house.desk.send(command.model_copy(update={"request": asked}), words)
    assert isinstance(done, Receipt), done
    cycle = house.memory.cycle(REF)
    assert cycle
    return f"/tasks/{REF}/{cycle.requests[-1].number}"


async def test_nothing_is_held_in_two_clicks_and_a_reason(inside: House) -> None:
    """One click from the task; the reason and who signed it off; checked; sent."""
    assert f'href="{TASK}/nothing-held"' in (await inside.browser.get(TASK)).text
    path = f"{TASK}/nothing-held"
    wrong = await inside.browser.fill(path, answer="nothing_held", signed_off_by="chief-constable")
    assert (wrong.status_code, "Say why" in wrong.text) == (422, True)
    said = {"answer": "nothing_held", "reason": "No such table is kept.", "signed_off_by": "chief-constable"}
    checked = await inside.browser.fill(path, **said)
    assert "No such table is kept." in checked.text
    assert not [one for one in inside.desk.sent if isinstance(one, SubmitReturn)]
    done = await inside.browser.post(path, data={**inputs(checked), "seen": "yes"})
    assert done.headers["location"] == f"{TASK}/receipts/1"
    sent = inside.desk.sent[-1]
    assert isinstance(sent, SubmitReturn)
    assert (sent.answer, sent.partial, sent.signed_off_by) == ("nothing_held", False, "chief-constable")


async def test_only_those_who_can_sign_it_off_are_offered(inside: House) -> None:
    """Nobody chooses a name and hears afterwards that it was the wrong one."""
    page = await inside.browser.get(f"{TASK}/nothing-held")
    assert set(re.findall(r'<option value="([^"]+)"', page.text)) == {"chief-constable"}


async def test_more_time_is_offered_by_working_days_with_their_day(inside: House) -> None:
    """Each choice says its day; what the office's limit does not allow is not offered; a day can be typed."""
    path = f"{TASK}/more-time"
    page = await inside.browser.get(path)
    assert re.search(r"5 working days more, \w+day \d+ \w+ 20\d\d", page.text)
    assert "15 working days more" not in page.text
    asked = await inside.browser.fill(path, days="5", reason="Two of us are away.")
    assert asked.headers["location"] == TASK
    sent = inside.desk.sent[-1]
    assert isinstance(sent, RequestExtension)
    assert sent.days == 5
    page = await inside.browser.get(TASK)
    assert "You asked for more time" in page.text
    assert "I need more time" not in page.text


async def test_a_wish_for_more_time_without_a_choice_keeps_what_was_typed(inside: House) -> None:
    """The error stands at the choice, and the reason is still there."""
    page = await inside.browser.fill(f"{TASK}/more-time", reason="Two of us are away.")
    assert "Choose how much more time you need" in page.text
    assert "Two of us are away." in page.text
    page = await inside.browser.fill(f"{TASK}/more-time", days="other", reason="Away.")
    assert page.status_code == 422


async def test_not_mine_goes_to_a_colleague_or_back_to_coordination(inside: House) -> None:
    """The unit stands first; the record has a delegation, and the lead is told what that means."""
    page = await inside.browser.get(f"{TASK}/not-mine")
    offered = re.findall(r'name="to" type="radio" value="([^"]+)"', page.text)
    assert offered[0] == "force-coordination"
    assert LEAD not in offered
    assert "You stay answerable" in page.text
    said = {**hidden_of(page.text, f"{TASK}/not-mine"), "to": "force-coordination", "reason": "Not mine."}
    done = await inside.browser.post(f"{TASK}/not-mine", data=said)
    assert done.headers["location"] == TASK
    sent = inside.desk.sent[-1]
    assert isinstance(sent, Delegate)
    assert sent.to == "force-coordination"
    assert "with a link of their own" in (await inside.browser.get(TASK)).text


async def test_the_same_wish_twice_is_one(inside: House) -> None:
    """A double click and the back button send the same key, and the record has it once."""
    path = f"{TASK}/more-time"
    page = await inside.browser.get(path)
    said = {**hidden_of(page.text, path), "days": "5", "reason": "Away."}
    first, second = [await inside.browser.post(path, data=said) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"] == TASK
    cycle = inside.memory.cycle(REF)
    assert cycle
    asked = cycle.request(2)
    assert asked
    assert asked.extension


async def test_parts_are_a_list_and_a_part_is_said_to_be_one(busy: House) -> None:
    """A part is chosen with one click, the page says what stays owed, and the receipt says it again."""
    path = await of_parts(busy, "How soon", "By whom")
    await comes_in(busy, await link_to(busy, int(path.rsplit("/", 1)[1])))
    page = await busy.browser.get(f"{path}?part=2")
    assert page.text.count("To send") == 2
    assert re.search(r'name="parts" type="checkbox" value="2" checked', page.text)
    checked = await busy.browser.fill(path, parts=["2"], written="The duty desk.", check="yes")
    assert "This is a part." in checked.text
    assert "part 1, How soon" in checked.text
    done, again = [await busy.browser.post(path, data=inputs(checked)) for _ in range(2)]
    assert done.headers["location"] == again.headers["location"]
    receipt = await busy.browser.get(done.headers["location"])
    assert "Still owed: part 1, How soon" in receipt.text
    nothing = await busy.browser.get(f"{path}/nothing-held?part=1")
    assert "Of which parts?" not in nothing.text or 'value="1"' in nothing.text


async def test_files_that_arrived_stay_with_what_was_typed(inside: House) -> None:
    """A wrong file, a change of mind and the way back to the form: nothing is typed or uploaded twice."""
    files = [("files", ("good.txt", b"good")), ("files", ("tool.exe", b"MZ"))]
    wrong = await inside.browser.fill(TASK, files=files, written="My words.", check="yes")
    assert wrong.status_code == 422
    for words in ("good.txt", "My words.", "tool.exe: This type of file is not taken."):
        assert words in wrong.text
    token = re.search(r'name="kept" value="([^"]+)"', wrong.text)
    assert token
    checked = await inside.browser.fill(TASK, written="My words.", kept=token[1], check="yes")
    assert "good.txt" in checked.text
    changed = await inside.browser.post(TASK, data={**inputs(checked), "change": "yes"})
    assert changed.status_code == 200
    for words in ("good.txt", "My words.", "Check your answer"):
        assert words in changed.text
    assert len(inside.shelf.files) == 1


async def test_a_file_goes_up_by_itself_and_a_forged_one_does_not(inside: House) -> None:
    """What the page's script sends comes back as what the form carries; a forged one is not taken."""
    page = await inside.browser.get(TASK)
    token = hidden_of(page.text, TASK)["csrf"]
    path = f"{TASK}/files"
    files = [("files", ("a.txt", b"a"))]
    sent = await inside.browser.post(path, data={"csrf": token}, files=files)
    (one,) = sent.json()["files"]
    assert (one["name"], one["size"]) == ("a.txt", "1 bytes")
    checked = await inside.browser.fill(TASK, kept=one["token"], check="yes")
    assert "a.txt" in checked.text
    wrong = await inside.browser.post(path, data={"csrf": token}, files=[("files", ("b.exe", b"MZ"))])
    assert (wrong.status_code, wrong.json()["error"][:5]) == (422, "b.exe")
    assert (await inside.browser.post(path, files=files)).status_code == 403
    elsewhere = await inside.browser.post(
        f"/tasks/{REF}/3/files", data={"csrf": token}, files=[("files", ("c.txt", b"c"))]
    )
    assert elsewhere.status_code == 403


async def test_a_way_that_does_not_exist_is_not_found(inside: House) -> None:
    """Neither a way nor a command that is not the force's own."""
    for way in ("anything", "AcceptReturn", "accept"):
        assert (await inside.browser.get(f"{TASK}/{way}")).status_code == 404


async def test_an_officer_sees_who_has_a_link_revokes_it_and_sends_another(busy: House) -> None:
    """Sent, opened, revoked with a reason: whoever had come in is out, and the new link works."""
    path = await link_to(busy)
    assert busy.rooms.links
    await busy.rooms.links.sent("a letter/2", LEAD, busy.memory.now)
    await comes_in(busy, path)
    lead = dict(busy.browser.cookies)
    busy.browser.cookies.clear()
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(LINKS)
    for words in ("Assistant Chief Constable, Local Policing", "Works", "at 09:00"):
        assert words in page.text
    assert path.rsplit("/", 1)[1] not in page.text
    wrong = await busy.browser.fill(LINKS, to=f"{LINKS}/revoke", person=LEAD)
    assert "Say why it is revoked" in wrong.text
    done = await busy.browser.fill(LINKS, to=f"{LINKS}/revoke", why="may_be_known")
    assert done.headers["location"] == LINKS
    page = await busy.browser.get(LINKS)
    assert "Somebody else may have it" in page.text
    token = hidden_of(page.text, f"{LINKS}/send")
    for _ in range(2):
        sent = await busy.browser.post(f"{LINKS}/send", data={"to": LEAD} | token)
        assert sent.headers["location"] == LINKS
    new = [one for one in letters(busy).sent if one.kind == "new_link"]
    assert len(new) == 1
    busy.browser.cookies.clear()
    busy.browser.cookies.update(lead)
    assert (await busy.browser.get(TASK)).status_code == 303
    busy.browser.cookies.clear()
    assert (await busy.browser.get(path)).status_code == 404
    assert (await comes_in(busy, new[0].path)).headers["location"] == TASK


async def test_a_link_that_could_not_be_sent_is_sent_by_the_same_button(busy: House) -> None:
    """The mail server was down: the page says that nothing went out, and the next press sends it."""
    await busy.browser.sign_in("policy-officer")
    letters(busy).down = True
    said = {**hidden_of((await busy.browser.get(LINKS)).text, f"{LINKS}/send"), "to": LEAD}
    page = await busy.browser.post(f"{LINKS}/send", data=said)
    assert "nothing was sent" in page.text
    letters(busy).down = False
    assert (await busy.browser.post(f"{LINKS}/send", data=said)).status_code == 303
    stranger = await busy.browser.post(f"{LINKS}/send", data={**said, "to": "panel-secretariat"})
    assert "Choose to whom it goes" in stranger.text


async def test_who_may_look_may_not_always_revoke(busy: House) -> None:
    """The Commissioner reads the page; only an officer or the chief executive acts on it."""
    await link_to(busy)
    await busy.browser.sign_in("commissioner")
    page = await busy.browser.get(LINKS)
    assert page.status_code == 200
    assert "Revoke" not in page.text
    token = re.search(r'name="csrf" value="([^"]+)"', (await busy.browser.get("/sign-out")).text)
    assert token
    for act in ("revoke", "send"):
        done = await busy.browser.post(f"{LINKS}/{act}", data={"csrf": token[1], "to": LEAD, "person": LEAD})
        assert done.status_code == 403


async def test_a_new_link_is_asked_of_the_office_with_one_answer_for_all(busy: House) -> None:
    """A lead's, a stranger's and an officer's address get the same page; only for the lead is one told."""
    await link_to(busy)
    seen = set()
    for address in ("nobody@example.org", "policy.officer@opcc.example", "acc.local.policing@force.example"):
        page = await busy.browser.fill("/new-link", address=address)
        assert page.status_code == 200
        seen.add(re.sub(r'nonce="[^"]+"', "", page.text))
    assert len(seen) == 1
    assert {(one.kind, one.to) for one in letters(busy).sent} == {("wish", "policy-officer")}
    assert LINKS in {one.path for one in letters(busy).sent}
    told = len(letters(busy).sent)
    await busy.browser.fill("/new-link", address="acc.local.policing@force.example")
    assert len(letters(busy).sent) == told
    busy.memory.now += timedelta(hours=1)
    await busy.browser.fill("/new-link", address="acc.local.policing@force.example")
    assert len(letters(busy).sent) == 2 * told
    assert "Enter your work email" in (await busy.browser.fill("/new-link", address="me")).text
