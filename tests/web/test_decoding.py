"""Temporal's own pages read what is encrypted: for whom, after which reason, how often."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from google.protobuf.json_format import MessageToDict

from engine.sealed import Sealing
from sealing.keys import KeyRing, new_key
from tests.web.house import House
from tests.web.session_memory import MemoryAccounts
from web.office import decoding

UI = "http://office.test:8233"
DECODE, PAGE = "/api/v1/codec/decode", "/office/decoding"
WHY = "A cycle stands still and support asks what the engine has."
SEALING = Sealing(KeyRing((new_key(),)))
WORDS = "Kidderminster"


@pytest.fixture
async def kept() -> dict[str, Any]:
    """What Temporal's pages send."""
    return {"payloads": [MessageToDict(one) for one in await SEALING.converter().encode([WORDS])]}


@pytest.fixture
def sealed(busy: House) -> House:
    """An office whose engine encrypts, and which knows where Temporal's pages are."""
    busy.app.state.rooms = replace(busy.rooms, sealing=SEALING, temporal_ui=f"{UI}/namespaces")
    return busy


async def asked(house: House, body: Any, **headers: str) -> httpx.Response:
    """What Temporal's pages are answered."""
    said = {"origin": UI, "sec-fetch-site": "same-site", "x-namespace": "default"}
    return await house.browser.post(DECODE, json=body, headers={**said, **headers})


async def allowed(house: House, person: str = "chief-executive") -> None:
    """Sign in and give the reason."""
    await house.browser.sign_in(person)
    await house.browser.fill(PAGE, reason=WHY)


async def test_after_a_reason_temporals_pages_are_told_and_it_is_on_record(
    sealed: House, kept: dict[str, Any]
) -> None:
    """Their browser may hand the answer on, with the cookie; the log has who, when and why."""
    await allowed(sealed)
    answer = await asked(sealed, kept)
    assert answer.status_code == 200
    assert answer.json() == {"payloads": [MessageToDict((await Sealing().converter().encode([WORDS]))[0])]}
    assert answer.headers["access-control-allow-origin"] == UI
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["cache-control"] == "no-store"
    for _ in range(3):
        await asked(sealed, kept)
    accounts = sealed.rooms.accounts
    assert isinstance(accounts, MemoryAccounts)
    noted = [(one.person, one.what, one.reason) for one in accounts.log if one.reason == WHY]
    assert noted == [
        ("chief-executive", "may read what the engine keeps for 30 minutes, in Temporal's pages", WHY),
        ("chief-executive", "read what the engine keeps, in Temporal's pages", WHY),
    ]
    assert (await sealed.browser.get(PAGE)).text.count(WHY) == 1


async def test_nobody_reads_without_a_sign_in_a_role_and_a_reason(
    sealed: House, kept: dict[str, Any]
) -> None:
    """Each is told what is missing, in a form that Temporal's pages may show."""
    nobody = await asked(sealed, kept)
    assert nobody.status_code == 401
    assert nobody.headers["access-control-allow-origin"] == UI
    await sealed.browser.sign_in("policy-officer")
    assert (await asked(sealed, kept)).status_code == 403
    assert (await sealed.browser.get(PAGE)).status_code == 403
    await sealed.browser.sign_in("chief-executive")
    unsaid = await asked(sealed, kept)
    assert unsaid.status_code == 403
    assert PAGE in unsaid.json()["message"]
    short = await sealed.browser.fill(PAGE, reason="just so")
    assert short.status_code == 422
    assert "Say why in a sentence" in short.text
    assert "just so" in short.text
    assert (await asked(sealed, kept)).status_code == 403


async def test_it_ends_after_half_an_hour_at_once_when_asked_and_with_the_session(
    sealed: House, kept: dict[str, Any]
) -> None:
    """And a second reason while it lasts changes nothing."""
    await allowed(sealed)
    token = (await sealed.browser.get(PAGE)).text
    assert "You may read it until" in token
    await sealed.browser.fill(PAGE, end="1")
    assert (await asked(sealed, kept)).status_code == 403
    await sealed.browser.fill(PAGE, reason=WHY)
    sealed.memory.now += timedelta(minutes=29)
    assert (await asked(sealed, kept)).status_code == 200
    sealed.memory.now += timedelta(minutes=1)
    assert (await asked(sealed, kept)).status_code == 403
    await allowed(sealed)
    await sealed.browser.sign_in("chief-executive")
    assert (await asked(sealed, kept)).status_code == 403


async def test_no_other_site_gets_anything(sealed: House, kept: dict[str, Any]) -> None:
    """Neither the answer nor the leave to ask; and Temporal's pages come in nowhere else."""
    await allowed(sealed)
    for origin in ("http://elsewhere.example", "null", f"{UI}0", "http://office.test"):
        foreign = await asked(sealed, kept, origin=origin, **{"sec-fetch-site": "cross-site"})
        assert foreign.status_code == 403, origin
        assert "access-control-allow-origin" not in foreign.headers
    elsewhere = await sealed.browser.post(
        PAGE, data={"reason": WHY}, headers={"origin": UI, "sec-fetch-site": "same-site"}
    )
    assert elsewhere.status_code == 403
    before = {"origin": UI, "access-control-request-method": "POST"}
    leave = await sealed.browser.options(DECODE, headers=before)
    assert (leave.status_code, leave.headers["access-control-allow-headers"]) == (
        204,
        "content-type, x-namespace",
    )
    none = await sealed.browser.options(DECODE, headers={**before, "origin": "http://elsewhere.example"})
    assert "access-control-allow-origin" not in none.headers


@pytest.mark.parametrize("body", [[], {"payloads": "x"}, {"payloads": [{"data": 7}]}, 3])
async def test_what_is_no_payload_is_refused(sealed: House, body: Any) -> None:
    """Without a fault."""
    await allowed(sealed)
    assert (await asked(sealed, body)).status_code == 400


async def test_what_cannot_be_decrypted_says_why(sealed: House, kept: dict[str, Any]) -> None:
    """A key that is missing, another namespace; what is not encrypted comes back as it is."""
    await allowed(sealed)
    assert (await asked(sealed, kept, **{"x-namespace": "other"})).status_code == 422
    other = Sealing(KeyRing((new_key(),)))
    foreign = {"payloads": [MessageToDict(one) for one in await other.converter().encode([WORDS])]}
    missing = await asked(sealed, foreign)
    assert missing.status_code == 422
    assert other.ring is not None
    assert other.ring.writes.id in missing.json()["message"]
    plain = {"payloads": [MessageToDict(one) for one in await Sealing().converter().encode([WORDS])]}
    assert (await asked(sealed, plain)).json() == plain


async def test_whoever_asks_too_often_waits(sealed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long history is read; nobody empties the engine."""
    await allowed(sealed)
    monkeypatch.setattr(decoding, "A_MINUTE", 5)
    codes = [(await asked(sealed, {"payloads": []})).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]
    sealed.memory.now += timedelta(minutes=1)
    assert (await asked(sealed, {"payloads": []})).status_code == 200
