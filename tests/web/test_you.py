"""Sessions and the page You: where somebody is signed in, and how that ends."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.web.house import House, a_house, hidden_of
from tests.web.signed_in import FIREFOX, kept, only, second
from web.app import Doorway
from web.door.sessions import digest_of


async def test_the_browser_has_the_id_and_the_store_its_digest(house: House) -> None:
    """What is kept cannot be used to sign in, and the cookie says nothing about anybody."""
    answer = await house.browser.sign_in("policy-officer")
    cookie = house.browser.cookies["answerable"]
    assert only(house).digest == digest_of(cookie)
    assert cookie not in repr(kept(house).kept)
    assert "HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]


async def test_over_https_the_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    """The prefix makes every browser insist on Secure, on the whole site and on no other host."""
    house = a_house(tmp_path, doorway=Doorway(https=True))
    house.browser.base_url = httpx.URL("https://office.test")
    async with house.browser as browser:
        answer = await browser.sign_in("policy-officer")
        cookies = answer.headers.get_list("set-cookie")
        (ours,) = [one for one in cookies if one.startswith("__Host-answerable=")]
        assert ours.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
        assert (await browser.get("/my-work")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/about", "/sign-in", "/static/site.css", "/my-work"])
async def test_without_a_cookie_no_session_is_read_or_made(path: str, house: House) -> None:
    """Whoever only reads leaves no row and costs no question to the store."""
    await house.browser.get(path)
    assert not kept(house).kept
    assert kept(house).asked == 0
    assert "answerable" not in house.browser.cookies


@pytest.mark.parametrize("cookie", ["guess", "x" * 43, "null", "a" * 5000])
async def test_an_id_that_was_never_given_signs_nobody_in(cookie: str, house: House) -> None:
    """What does not look like an id is not even looked for."""
    house.browser.cookies.set("answerable", cookie)
    assert (await house.browser.get("/my-work")).status_code == 303
    assert kept(house).asked == (1 if len(cookie) == 43 else 0)


async def test_signing_in_gives_a_new_id(house: House) -> None:
    """An id that somebody else planted or saw before is worth nothing afterwards."""
    await house.browser.sign_in("policy-officer")
    planted = house.browser.cookies["answerable"]
    await house.browser.sign_in("chief-executive")
    assert house.browser.cookies["answerable"] != planted
    assert kept(house).kept[digest_of(planted)].ended_why == "signed_in_again"
    other = await second(house)
    other.cookies.set("answerable", planted)
    assert (await other.get("/my-work")).status_code == 303


async def test_half_an_hour_without_anybody_ends_a_session(house: House) -> None:
    """Each click begins the half hour anew; the page to sign in says why one was signed out."""
    await house.browser.sign_in("policy-officer")
    for _ in range(3):
        house.memory.now += timedelta(minutes=29)
        assert (await house.browser.get("/my-work")).status_code == 200
    house.memory.now += timedelta(minutes=30)
    assert (await house.browser.get("/my-work")).headers["location"] == "/sign-in?next=/my-work"
    assert "nothing happened here for 30 minutes" in (await house.browser.get("/sign-in")).text


async def test_what_a_page_asks_for_by_itself_keeps_no_session_alive(house: House) -> None:
    """A page that is left open fetches what is new; that is nobody's doing."""
    await house.browser.sign_in("policy-officer")
    house.memory.now += timedelta(minutes=20)
    await house.browser.get("/my-work", headers={"Sec-Fetch-Dest": "empty"})
    house.memory.now += timedelta(minutes=20)
    assert (await house.browser.get("/my-work")).status_code == 303


async def test_being_there_is_written_down_once_a_minute(house: House) -> None:
    """Ten clicks within a minute write nothing; one a minute later does."""
    await house.browser.sign_in("policy-officer")
    began = only(house).seen_at
    house.memory.now += timedelta(seconds=59)
    await house.browser.get("/my-work")
    assert only(house).seen_at == began
    house.memory.now += timedelta(seconds=1)
    await house.browser.get("/my-work")
    assert only(house).seen_at == house.memory.now


async def test_you_says_who_one_is_and_where_one_is_signed_in(house: House) -> None:
    """Title, role, mail address, deputy; and each browser in plain words, this one marked."""
    await house.browser.sign_in("acc-local-policing")
    await (await second(house)).sign_in("acc-local-policing")
    page = (await house.browser.get("/you")).text
    assert "Assistant Chief Constable, Protecting People" in page
    assert "acc.local.policing@force.example" in page
    assert page.count("Firefox on Windows</strong>") == 1
    assert page.count("(this browser)") == 1
    assert 'action="/sign-out"' in page


async def test_one_browser_can_be_signed_out_from_another(house: House) -> None:
    """The other one is told why when it comes back; a second try changes nothing."""
    other = await second(house)
    await other.sign_in("policy-officer")
    await house.browser.sign_in("policy-officer")
    for said in ("Signed out there", "signed out already"):
        page = await house.browser.get("/you")
        form = {"csrf": hidden_of(page.text, "/sign-out")["csrf"]}
        await house.browser.post("/you/sessions/1/end", data=form)
        assert said in (await house.browser.get("/you")).text
    assert (await other.get("/my-work")).status_code == 303
    assert "from another one of yours" in (await other.get("/sign-in")).text


async def test_nobody_ends_the_sessions_of_somebody_else(house: House) -> None:
    """A number that is not one's own ends nothing, and neither does a form without its token."""
    other = await second(house)
    await other.sign_in("chief-executive")
    await house.browser.sign_in("policy-officer")
    form = {"csrf": hidden_of((await house.browser.get("/you")).text, "/sign-out")["csrf"]}
    await house.browser.post("/you/sessions/1/end", data=form)
    assert (await house.browser.post("/you/sign-out-everywhere", data={"csrf": "guess"})).status_code == 403
    assert (await other.get("/you")).status_code == 200
    assert (await house.browser.get("/you")).status_code == 200


async def test_everywhere_is_everywhere(house: House) -> None:
    """One button, after a question, and no browser of theirs is signed in."""
    other = await second(house)
    await other.sign_in("policy-officer")
    await house.browser.sign_in("policy-officer")
    assert "2 browsers" in (await house.browser.get("/you/sign-out-everywhere")).text
    await house.browser.fill("/you/sign-out-everywhere")
    for browser in (house.browser, other):
        assert (await browser.get("/my-work")).status_code == 303


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (FIREFOX["User-Agent"], "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/139.0 Safari/537.36 Edg/139.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/139.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.1", "An unknown browser"),
        ("<script>alert(1)</script>", "An unknown browser"),
    ],
)  # fmt: skip
async def test_a_browser_is_named_plainly(said: str, plain: str, house: House) -> None:
    """Only words of ours are kept: nothing that a browser says is shown to anybody."""
    house.browser.headers["User-Agent"] = said
    await house.browser.sign_in("policy-officer")
    assert only(house).browser == plain
