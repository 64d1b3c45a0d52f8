"""The emailed link: from the mail to the receipt without an account, and what must not come in by it."""

import re
from datetime import timedelta

import httpx
import pytest

from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import House
from tests.web.link_memory import MemoryLetters

LEAD = "acc-local-policing"
TASK = f"/tasks/{REF}/2"


async def link_to(house: House, request: int = 2, person: str = LEAD, letter: str = "a letter") -> str:
    """The address of a link as a letter carries it."""
    assert house.rooms.links
    token, _ = await house.rooms.links.make(f"{letter}/{request}", REF, request, person, at=house.memory.now)
    return f"/t/{token}"


def letters(house: House) -> MemoryLetters:
    """The mail that pages sent."""
    assert isinstance(house.rooms.link_letters, MemoryLetters)
    return house.rooms.link_letters


async def a_code(house: House, path: str) -> str:
    """Have a code emailed and read it in the mail."""
    answer = await house.browser.fill(path, to=f"{path}/code")
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"{path}/code"
    return letters(house).sent[-1].code


async def comes_in(house: House, path: str) -> httpx.Response:
    """Go from the link to the task."""
    code = await a_code(house, path)
    return await house.browser.fill(f"{path}/code", to=path, code=code)


async def test_the_link_says_what_is_asked_and_by_when_and_no_more(busy: House) -> None:
    """Title, day with hour, and whose office asks; no question, no person; kept in no cache."""
    page = await busy.browser.get(await link_to(busy))
    assert page.status_code == 200
    for words in ("Paper 2", "Office of the Commissioner", "at 17:00", "Email me a code"):
        assert words in page.text
    for words in ("Is the force doing what", "Volumes and reasons", "Assistant Chief Constable", REF):
        assert words not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert page.headers["cache-control"] == "no-store"
    assert letters(busy).sent == []


async def test_a_lead_goes_from_the_link_to_the_receipt(busy: House) -> None:
    """Email me a code, Continue, Check, Send: then the receipt with the file's size and digest."""
    path = await link_to(busy)
    into = await comes_in(busy, path)
    assert (into.status_code, into.headers["location"]) == (303, TASK)
    page = await busy.browser.get(TASK)
    assert "I am finished" in page.text
    assert "Your task" in page.text
    assert "My tasks" not in page.text
    files = [("files", ("figures.csv", b"month,told\nSeptember,61%\n"))]
    checked = await busy.browser.fill(TASK, files=files, check="yes", written="As asked.")
    assert "Check before you send" in checked.text
    assert "figures.csv" in checked.text
    sent_before = len(busy.desk.sent)
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', checked.text)
    done = await busy.browser.post(TASK, data=dict(pairs))
    assert done.headers["location"] == f"{TASK}/receipts/1"
    assert [one.kind for one in busy.desk.sent[sent_before:]] == ["SubmitReturn"]
    receipt = await busy.browser.get(done.headers["location"])
    for words in ("Received", "figures.csv", "SHA-256", "As asked."):
        assert words in receipt.text
    again = await busy.browser.post(TASK, data=dict(pairs))
    assert again.headers["location"] == done.headers["location"]
    (digest,) = busy.shelf.files
    assert (await busy.browser.get(f"{TASK}/files/{digest}")).content.startswith(b"month")


async def test_wrong_unknown_and_revoked_links_are_one_and_the_same_page(busy: House) -> None:
    """Nothing tells whether a link ever existed; each way to act on it answers alike."""
    path = await link_to(busy)
    assert busy.rooms.links
    await busy.rooms.links.revoke(REF, 2, LEAD, by="policy-officer", why="may_be_known", at=busy.memory.now)
    seen = set()
    for wrong in (path, "/t/" + "A" * 43, "/t/short", path + "x"):
        for page in (await busy.browser.get(wrong), await busy.browser.get(f"{wrong}/code")):
            assert page.status_code == 404
            seen.add(re.sub(r'nonce="[^"]+"|nonce-[^\']+', "", page.text))
    assert len(seen) == 1
    token = re.search(r'name="csrf" value="([^"]+)"', (await busy.browser.get("/new-link")).text)
    assert token
    for wrong in (path, f"{path}/code"):
        page = await busy.browser.post(wrong, data={"csrf": token[1], "code": "123456"})
        assert page.status_code == 404
    assert letters(busy).sent == []


async def test_five_wrong_codes_and_the_right_one_is_of_no_use(busy: House) -> None:
    """Each try says how many are left; then only a new code helps, and it does."""
    path = await link_to(busy)
    right = await a_code(busy, path)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for left in ("4 tries are", "3 tries are", "2 tries are", "1 try is"):
        page = await busy.browser.fill(f"{path}/code", to=path, code=wrong)
        assert (page.status_code, left in page.text) == (422, True)
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert token
    for code in (wrong, right):
        page = await busy.browser.post(path, data={"csrf": token[1], "code": code})
        assert "can no longer be used" in page.text
        assert "Email me a new code" in page.text
    assert (await busy.browser.get(TASK)).status_code == 303
    assert (await comes_in(busy, path)).headers["location"] == TASK


async def test_what_cannot_be_a_code_costs_no_try(busy: House) -> None:
    """Too short, letters, other scripts' digits: the field says what to enter; spaces are let through."""
    path = await link_to(busy)
    right = await a_code(busy, path)
    for typed in ("", "12345", "abcdef", "١٢٣٤٥٦", "1234567"):
        page = await busy.browser.fill(f"{path}/code", to=path, code=typed)
        assert "Enter the 6 digits" in page.text
    spaced = f" {right[:3]} {right[3:]} "
    assert (await busy.browser.fill(f"{path}/code", to=path, code=spaced)).headers["location"] == TASK


async def test_a_code_holds_for_ten_minutes_once_and_for_its_own_link(busy: House) -> None:
    """Expired, used, replaced by a newer, or of another link: it is not the code."""
    path, other = await link_to(busy), await link_to(busy, 3)
    code = await a_code(busy, path)
    page = await busy.browser.fill(other, to=f"{other}/code")
    page = await busy.browser.fill(f"{other}/code", to=other, code=code)
    assert "That is not the code" in page.text
    busy.memory.now += timedelta(minutes=10)
    page = await busy.browser.fill(f"{path}/code", to=path, code=code)
    assert "expired" in page.text
    newer = await a_code(busy, path)
    assert (await busy.browser.fill(f"{path}/code", to=path, code=newer)).status_code == 303
    busy.browser.cookies.clear()
    page = await busy.browser.fill(f"{path}/code", to=path, code=newer)
    assert "can no longer be used" in page.text


async def test_a_double_click_sends_one_mail(busy: House) -> None:
    """Asked for again while it is on its way, the code that was sent is the answer."""
    path = await link_to(busy)
    first = await a_code(busy, path)
    assert await a_code(busy, path) == first
    assert len(letters(busy).sent) == 1


async def test_codes_are_sent_so_often_and_no_oftener(busy: House) -> None:
    """Five an hour for one link; then the page says until when, and the newest code still works."""
    path = await link_to(busy)
    for _ in range(5):
        code = await a_code(busy, path)
        busy.memory.now += timedelta(minutes=1)
    page = await busy.browser.fill(path, to=f"{path}/code")
    assert page.status_code == 429
    assert "You can ask for another after 10:00" in page.text
    assert len(letters(busy).sent) == 5
    assert (await busy.browser.fill(f"{path}/code", to=path, code=code)).headers["location"] == TASK


async def test_many_links_of_one_person_share_a_limit(busy: House) -> None:
    """Ten an hour to one mail address, whatever number of links somebody has collected."""
    paths = [await link_to(busy, 2, LEAD, f"letter {n}") for n in range(11)]
    answers = [await busy.browser.fill(one, to=f"{one}/code") for one in paths]
    assert [one.status_code for one in answers] == [303] * 10 + [429]


async def test_a_mail_server_that_is_down_is_said_and_the_page_stays_of_use(busy: House) -> None:
    """No code is left behind that nobody got; the same button works once the mail does."""
    path = await link_to(busy)
    letters(busy).down = True
    page = await busy.browser.fill(path, to=f"{path}/code")
    assert page.status_code == 503
    assert "could not send an email" in page.text
    assert "Email me a code" in page.text
    letters(busy).down = False
    assert (await comes_in(busy, path)).headers["location"] == TASK


async def test_a_session_for_one_task_opens_that_task_alone(busy: House) -> None:
    """No other task, no list, no office page, no act on the cycle, no file of another task, no interface."""
    await busy.browser.sign_in(LEAD)
    files = [("files", ("other.txt", b"of another task"))]
    await busy.browser.fill(f"/tasks/{REF}/3", files=files, written="x")
    (digest,) = busy.shelf.files
    busy.browser.cookies.clear()
    await comes_in(busy, await link_to(busy))
    for path in (f"/tasks/{REF}/3", f"/tasks/{REF}/3/nothing-held", f"/tasks/{REF}/1/receipts/1", "/tasks",
                 "/my-work", f"/cycles/{REF}", f"/cycles/{REF}/act/Delegate?request=3", "/mail",
                 f"/tasks/{REF}/3/files/{digest}", f"/files/{digest}",
                 f"/cycles/{REF}/requests/2/links"):  # fmt: skip
        assert (await busy.browser.get(path)).status_code == 403, path
    assert (await busy.browser.get(f"{TASK}/files/{digest}")).status_code == 404
    body = s.submit(REF, 2).model_dump(mode="json", exclude={"actor"})
    assert (await busy.browser.post("/api/v1/commands", json=body)).status_code == 403
    assert (await busy.browser.get(TASK)).status_code == 200


async def test_a_session_lasts_for_twelve_hours(busy: House) -> None:
    """A lead who gathers figures between meetings comes back to the same task; the day after, not."""
    await comes_in(busy, await link_to(busy))
    busy.memory.now += timedelta(hours=11, minutes=59)
    assert (await busy.browser.get(TASK)).status_code == 200
    busy.memory.now += timedelta(minutes=2)
    assert (await busy.browser.get(TASK)).status_code == 303


async def test_i_am_finished_signs_out(busy: House) -> None:
    """The one word of the menu beside the task ends the session."""
    await comes_in(busy, await link_to(busy))
    await busy.browser.fill(TASK, to="/sign-out")
    away = await busy.browser.get(TASK)
    assert away.status_code == 303
    assert "Open it again" in (await busy.browser.get(away.headers["location"])).text


async def test_the_deadline_has_passed_and_the_link_still_works(busy: House) -> None:
    """Late is said, on the link and on the task, and never a reason to be sent away."""
    path = await link_to(busy)
    busy.memory.now += timedelta(weeks=8)
    assert "It is late and can still be sent" in (await busy.browser.get(path)).text
    await comes_in(busy, path)
    assert "It is late and can still be sent" in (await busy.browser.get(TASK)).text


async def test_a_closed_task_gives_receipts_and_contact(busy: House) -> None:
    """After the code, what was sent and whom to call; nothing to send any more."""
    path = await link_to(busy, 1)
    await busy.desk.send(s.accept(REF), s.WORDS)
    page = await busy.browser.get(path)
    assert "Nothing more is owed here" in page.text
    await comes_in(busy, path)
    page = await busy.browser.get(f"/tasks/{REF}/1")
    assert f"/tasks/{REF}/1/receipts/1" in page.text
    assert "/contact" in page.text
    assert "Check your answer" not in page.text
    assert "Received" in (await busy.browser.get(f"/tasks/{REF}/1/receipts/1")).text


@pytest.mark.parametrize("person", ["director-of-business-services", "policy-officer"])
async def test_a_link_whose_holder_may_not_answer_lets_nobody_in(person: str, busy: House) -> None:
    """Another lead's, or an address that changed sides: the right code opens no session."""
    into = await comes_in(busy, await link_to(busy, person=person))
    assert into.status_code == 403
    assert "somebody else" in into.text
    assert (await busy.browser.get(TASK)).status_code == 303


async def test_a_deputys_own_link_lets_them_answer_for_their_lead(busy: House) -> None:
    """A letter in copy carries a link of the deputy's own, and the record names both."""
    await comes_in(busy, await link_to(busy, person="acc-protecting-people"))
    await busy.browser.fill(TASK, written="For my colleague.")
    actor = busy.desk.sent[-1].actor
    assert (actor.person, actor.deputising_for) == ("acc-protecting-people", LEAD)


async def test_a_page_that_tells_nobody_its_address_may_still_post(busy: House) -> None:
    """Its browser says "null" for its origin; that passes only where it also says that the page is ours."""
    path = await link_to(busy)
    token = re.search(r'name="csrf" value="([^"]+)"', (await busy.browser.get(path)).text)
    assert token
    for site, status in (("same-origin", 303), ("cross-site", 403), ("same-site", 403), (None, 403)):
        said = {"Origin": "null"} | ({"Sec-Fetch-Site": site} if site else {})
        answer = await busy.browser.post(f"{path}/code", data={"csrf": token[1]}, headers=said)
        assert answer.status_code == status, site
