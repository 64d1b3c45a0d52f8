"""What stands before every page: sessions, forged forms, sizes, headers and faults."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from web.door.faults import is_store_down

ACCEPT = f"/cycles/{REF}/act/AcceptReturn"


async def test_every_page_has_the_headers_and_a_nonce_of_its_own(house: House) -> None:
    """No page can be framed, sniffed, or made to run a script that is not ours."""
    first, second = [await house.browser.get("/sign-in") for _ in range(2)]
    policy = first.headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in first.text
    assert policy != second.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert first.headers["x-content-type-options"] == "nosniff"
    assert " style=" not in first.text
    assert (await house.browser.get("/static/site.css")).headers["x-content-type-options"] == "nosniff"


async def test_a_form_without_the_sessions_token_is_refused(busy: House) -> None:
    """A form that another site wrote does not know the token, and does nothing."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"{ACCEPT}?request=1")
    for token in ("", "guess"):
        form = {**hidden_of(page.text, ACCEPT), "csrf": token}
        assert (await busy.browser.post(ACCEPT, data=form)).status_code == 403
    assert not busy.desk.sent


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
    ],
)
async def test_an_act_from_another_site_is_refused(busy: House, headers: dict[str, str]) -> None:
    """Even with the right token, a browser that says where it comes from is believed."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"{ACCEPT}?request=1")
    answer = await busy.browser.post(ACCEPT, data=hidden_of(page.text, ACCEPT), headers=headers)
    assert answer.status_code == 403
    assert not busy.desk.sent


async def test_our_own_origin_passes(busy: House) -> None:
    """A browser at our own address may act."""
    await busy.browser.sign_in("policy-officer")
    page = await busy.browser.get(f"{ACCEPT}?request=1")
    headers = {"Origin": "http://office.test", "Sec-Fetch-Site": "same-origin"}
    assert (
        await busy.browser.post(ACCEPT, data=hidden_of(page.text, ACCEPT), headers=headers)
    ).status_code == 303


async def test_too_large_is_said_on_a_page(busy: House) -> None:
    """A body beyond the limit is refused before it is read, with the size that is taken."""
    await busy.browser.sign_in("acc-local-policing")
    huge = [("files", ("paper.txt", b"x" * 7_000_000))]
    page = await busy.browser.post(f"/tasks/{REF}/2", files=huge)
    assert page.status_code == 413
    assert "smaller than 1 MB" in page.text


async def test_too_large_is_noticed_without_a_stated_length(busy: House) -> None:
    """A body that does not say its size is counted while it arrives."""
    await busy.browser.sign_in("acc-local-policing")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    for kind in ("application/json", "application/x-www-form-urlencoded"):
        path = "/api/v1/commands" if "json" in kind else "/sign-out"
        answer = await busy.browser.post(path, content=endless(), headers={"Content-Type": kind})
        assert answer.status_code == 413, kind


async def test_a_session_ends_after_twelve_hours(house: House) -> None:
    """A forgotten browser does not stay signed in."""
    await house.browser.sign_in("policy-officer")
    assert (await house.browser.get("/my-work")).status_code == 200
    house.memory.now += timedelta(hours=12)
    answer = await house.browser.get("/my-work")
    assert answer.headers["location"] == "/sign-in?next=/my-work"


async def test_a_changed_cookie_signs_nobody_in(house: House) -> None:
    """The cookie is signed: one that was tampered with is worth nothing."""
    await house.browser.sign_in("policy-officer")
    cookie = house.browser.cookies["answerable"]
    house.browser.cookies.clear()
    other = "y" if cookie.startswith("x") else "x"
    house.browser.cookies.set("answerable", other + cookie[1:])
    assert (await house.browser.get("/my-work")).status_code == 303


async def test_the_cookie_is_hidden_from_scripts_and_other_sites(house: House) -> None:
    """Scripts cannot read the session, and another site's forms do not carry it."""
    answer = await house.browser.sign_in("policy-officer")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "example" not in cookie


@pytest.mark.parametrize("after", ["//evil.test", "https://evil.test", "/\\evil.test"])
async def test_signing_in_never_leads_to_another_site(house: House, after: str) -> None:
    """The address to go on to is one of ours or none."""
    page = await house.browser.get("/sign-in", params={"next": after})
    form = hidden_of(page.text, "/sign-in")
    answer = await house.browser.post("/sign-in", data={**form, "next": after, "person": "policy-officer"})
    assert answer.headers["location"] == "/my-work"


async def test_signing_out_ends_the_session(house: House) -> None:
    """After signing out the board asks who is there."""
    await house.browser.sign_in("policy-officer")
    await house.browser.fill("/sign-out")
    assert (await house.browser.get("/my-work")).status_code == 303


async def test_the_store_being_away_has_a_page_of_its_own(busy: House) -> None:
    """Reading and writing say that nothing is lost, and the health page says what is missing."""
    await busy.browser.sign_in("policy-officer")
    form = hidden_of((await busy.browser.get(f"{ACCEPT}?request=1")).text, ACCEPT)
    busy.memory.down = True
    for answer in (await busy.browser.get("/cycles"), await busy.browser.post(ACCEPT, data=form)):
        assert answer.status_code == 503
        assert "Nothing is lost" in answer.text
        assert "content-security-policy" in answer.headers
    health = await busy.browser.get("/healthz")
    assert (health.status_code, health.json()) == (503, {"ready": False, "missing": "store"})


async def test_a_fault_of_ours_has_a_reference_and_tells_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody expected becomes a page with a reference, never a traceback."""

    async def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError("the secret detail")

    await house.browser.sign_in("policy-officer")
    monkeypatch.setattr(type(house.rooms.reads), "cycle_list", broken)
    page = await house.browser.get("/cycles")
    assert page.status_code == 500
    assert "tell the office this reference" in page.text
    assert "secret detail" not in page.text


class PostgresConnectionError(Exception):
    """Named as the store's library names it."""

    __module__ = "asyncpg.exceptions"


@pytest.mark.parametrize(
    ("fault", "away"),
    [(ConnectionRefusedError(), True), (PostgresConnectionError(), True), (ValueError(), False)],
)
def test_only_the_store_being_away_is_called_so(fault: Exception, *, away: bool) -> None:
    """A mistake of ours is never passed off as the store's."""
    assert is_store_down(fault) is away
