"""Every address of the product: what its answers carry, from where it takes acts, and in whose name."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from schemas.people import Role
from scripts.access_document import Door, doors
from tests.web.every_role import REF
from tests.web.house import House, a_house
from tests.web.test_access_table import ENDLESS, asked, csrf
from web.app import Doorway
from web.door.guards import HEADERS

LONG_IN_THE_MAKING = {"/api"}
"""Made of the whole document of the interface, and looked at where that is tested."""
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
EVERY = [(door, method, path) for door in doors() for method, path in asked(door) if door.path not in ENDLESS]
ACTS = [one for one in EVERY if one[1] in UNSAFE]
NOBODYS_ACTS = {
    "/sign-in": "chooses who somebody is, in a demonstration alone",
    "/sign-in/role": "chooses the role of somebody whom the sign-in service named",
    "/sign-out": "ends a session, with the session's own token",
    "/signed-out/back-channel": "the sign-in service signs what it says",
    "/t/{token}": "whoever has the link and its code; the lead becomes the actor",
    "/t/{token}/code": "sends a mail to the lead's own address",
    "/new-link": "asks the office for a new link",
    "/follow": "keeps a mail address until its owner confirms it",
    "/follow/{token}": "whoever has the link in the mail",
    "/follow/{token}/stop": "whoever has the link in the mail",
    "/meetings/{reference}/ask": "a question from the public, which the office reads",
    "/api/v1/outside": "a sender who signs; the entry names the sender",
    "/api/v1/mail/receipts": "the bearer token of the receipts",
}
"""Addresses that keep or do something without anybody being signed in: each says in whose name."""


@pytest.fixture
async def secure(tmp_path: Path) -> AsyncIterator[House]:
    """An empty office behind HTTPS."""
    house = a_house(tmp_path, doorway=Doorway(https=True))
    async with house.browser:
        yield house


def lacking(answer: httpx.Response, *, https: bool) -> list[str]:
    """What an answer lacks of what each has to carry."""
    said, policy = answer.headers, answer.headers.get("content-security-policy", "")
    missing = [name for name, value in HEADERS.items() if said.get(name) not in (value, "no-referrer")]
    missing += [
        one for one in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'") if one not in policy
    ]
    if not policy.startswith(("default-src 'self'", "sandbox; default-src 'none'")):
        missing.append(f"a policy that begins with nothing from elsewhere: {policy}")
    if "unsafe" in policy or "http" in policy or "*" in policy:
        missing.append(f"a strict policy: {policy}")
    if https and said.get("strict-transport-security") != "max-age=31536000; includeSubDomains":
        missing.append("strict-transport-security")
    if "access-control-allow-origin" in said:
        missing.append("silence towards other sites")
    if answer.content and "content-type" not in said:
        missing.append("content-type")
    if said.get("content-type", "").startswith("text/") and "charset=utf-8" not in said["content-type"]:
        missing.append("charset")
    return missing


async def test_every_address_answers_nobody_with_every_header(secure: House) -> None:
    """Pages, files, redirects and refusals alike, and over HTTPS nothing but HTTPS."""
    wrong = {}
    for _, method, path in EVERY:
        answer = await secure.browser.request(method, path)
        if missing := lacking(answer, https=True):
            wrong[f"{method} {path} ({answer.status_code})"] = missing
    assert wrong == {}


async def test_every_address_answers_somebody_with_every_header_and_is_kept_nowhere(full: House) -> None:
    """What is for somebody who is signed in stays in no browser's and no proxy's memory."""
    await full.browser.sign_in("chief_executive")
    wrong: dict[str, list[str]] = {}
    for door, method, path in EVERY:
        if method != "GET" or door.roles is None or path in LONG_IN_THE_MAKING:
            continue
        answer = await full.browser.get(path)
        missing = lacking(answer, https=False)
        if answer.status_code == 200:
            kept = answer.headers.get("cache-control", "")
            missing += [] if "no-store" in kept else [f"no-store, but: {kept}"]
        if missing:
            wrong[f"{path} ({answer.status_code})"] = missing
    assert wrong == {}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/static/site.css", 200),
        ("GET", "/static/none.css", 404),
        ("GET", "/static/", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", "/none", 404),
        ("GET", "/.git/config", 404),
        ("TRACE", "/", 405),
        ("DELETE", "/findings", 405),
        ("OPTIONS", "/findings", 405),
        ("GET", "/metrics", 404),
        ("GET", "/docs", 404),
    ],
)
async def test_what_is_wrong_carries_them_too(secure: House, method: str, path: str, status: int) -> None:
    """Static files, folders that are not listed, methods that nobody uses, what is not there."""
    answer = await secure.browser.request(method, path)
    assert answer.status_code == status
    assert lacking(answer, https=True) == []
    assert "server" not in answer.headers


async def test_faults_and_refusals_carry_them_too(secure: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours, a store that is away, a body that is too large, an act from another site."""

    async def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    large = await secure.browser.post("/follow", content=b"x" * 2_000_001)
    foreign = await secure.browser.post("/follow", headers={"Origin": "https://evil.test"})
    monkeypatch.setattr(type(secure.rooms.reads), "publications", broken)
    fault = await secure.browser.get("/")
    answers = {413: large, 403: foreign, 500: fault}
    assert {code: one.status_code for code, one in answers.items()} == {code: code for code in answers}
    assert [lacking(one, https=True) for one in answers.values()] == [[], [], []]


async def test_no_act_is_done_for_another_site(full: House) -> None:
    """Every address that does something refuses a browser that says it comes from elsewhere."""
    await full.browser.sign_in("chief_executive")
    token, wrong = await csrf(full.browser), []
    for headers in ({"Origin": "http://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        for _, method, path in ACTS:
            answer = await full.browser.request(method, path, data={"csrf": token}, headers=headers)
            if answer.status_code != 403 or "another site" not in answer.text:
                wrong.append(f"{method} {path} answers {answer.status_code} to {headers}")
    assert wrong == []


async def test_no_form_does_anything_without_the_sessions_own_token(full: House) -> None:
    """A browser that says nothing of where it comes from needs the token that only our pages have."""
    wrong = []
    await full.browser.sign_in("chief_executive")
    for door, method, path in ACTS:
        if door.roles is None or Role.CHIEF_EXECUTIVE not in door.roles or door.path.startswith("/api/"):
            continue
        for form in ({}, {"csrf": "guess"}):
            answer = await full.browser.request(method, path, data=form)
            if answer.status_code not in (403, 404):
                wrong.append(f"{method} {path} answers {answer.status_code} to {form}")
    assert wrong == []
    assert not [one for one in full.desk.sent if one.cycle != REF]


async def test_programs_send_what_no_form_can(full: House) -> None:
    """What changes something at the interface for programs is refused to a form without a session's token."""
    await full.browser.sign_in("chief_executive")
    full.desk.sent.clear()
    for door, method, path in ACTS:
        if not door.path.startswith("/api/") or door.roles is None:
            continue
        answer = await full.browser.request(method, path, data={"kind": "Pause", "cycle": REF})
        assert 400 <= answer.status_code < 500, f"{method} {path} answers {answer.status_code}"
    assert full.desk.sent == []


def test_every_address_that_does_something_says_in_whose_name() -> None:
    """Somebody is signed in, or the address is on a short list with its reason."""
    nobodys = {door.path for door, _, _ in ACTS if door.roles is None}
    assert nobodys == set(NOBODYS_ACTS)


def test_nothing_is_done_by_reading() -> None:
    """An address is either read or does something: what a link can open changes nothing of the record."""
    both: list[Door] = [door for door in doors() if {"GET", "POST"} <= set(door.methods)]
    assert both == []


async def test_cookies_are_for_this_host_alone_and_hidden(secure: House) -> None:
    """Each that is given out over HTTPS, whatever it is for."""
    office = replace(secure.rooms.office, public_url="https://office.test")
    secure.app.state.rooms = replace(secure.rooms, office=office)
    cookies = []
    for path in ("/sign-in", "/language/en"):
        cookies += (await secure.browser.get(path)).headers.get_list("set-cookie")
    assert len(cookies) > 1
    for one in cookies:
        assert one.startswith("__Host-")
        flags = {flag.strip().lower() for flag in one.split(";")[1:]}
        assert {"secure", "httponly", "path=/"} <= flags
        assert "samesite=lax" in flags


async def test_signing_out_leaves_nothing_in_the_browser(full: House) -> None:
    """The cookie goes, and the browser is told to clear what our pages kept in it."""
    await full.browser.sign_in("chief_executive")
    answer = await full.browser.fill("/sign-out")
    assert answer.headers["clear-site-data"] == '"storage"'
    assert "Max-Age=0" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("said", "goes_on"), [("cross-site", False), ("same-site", False), ("same-origin", True)]
)
async def test_another_sites_link_signs_nobody_in(house: House, said: str, *, goes_on: bool) -> None:
    """It ends at our own page, where somebody says that they mean it."""
    answer = await house.browser.get("/sign-in/start", headers={"Sec-Fetch-Site": said})
    if goes_on:
        assert answer.status_code == 404  # the sign-in service is asked for, and a demonstration has none
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


async def test_who_asks_for_what_is_not_theirs_is_in_the_log(
    full: House, caplog: pytest.LogCaptureFixture
) -> None:
    """Who, how, where and why not: by the address without what is secret in it, and never what was typed."""
    await full.browser.sign_in("thematic_lead")
    await full.browser.get("/settings/record")
    await full.browser.post(
        "/follow", data={"address": "planted@b.example"}, headers={"Origin": "http://evil.test"}
    )
    await full.browser.post("/sign-out", data={"csrf": "planted"})
    said = [one.getMessage() for one in caplog.records if one.name == "answerable.web"]
    assert (
        "Refused: GET /settings/record, asked by thematic_lead as thematic_lead: it is for other roles"
        in said
    )
    assert any("it came from another site" in one for one in said)
    assert any("does not carry the session's token" in one for one in said)
    assert "planted" not in " ".join(said)
