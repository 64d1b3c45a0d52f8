"""Signing out at the sign-in service ends sessions here: each rule of OpenID Connect Back-Channel Logout."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import _app, _storage

from tests.web.house import NOW, House, a_house
from tests.web.session_memory import MemorySessions
from tests.web.sign_in_service import OFFICER, ROLES, TENANT, come_back, oidc_provider_mock
from web.app import Doorway
from web.door.granting import granting_in
from web.door.signed_out_there import EVENT, wrong_with
from web.door.sso import Provider

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
THERE = "/signed-out/back-channel"
KEYS: list[RSAKey] = []
NAMES = iter(range(10_000))


class Storage(_storage.Storage):
    """The provider's own store, whose key a test can sign with as the provider would."""

    def __init__(self) -> None:
        super().__init__()
        KEYS.append(RSAKey.import_key(self.jwk.as_dict(is_private=True)))


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A sign-in service on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_app, "Storage", Storage)
        with oidc_provider_mock.run_server_in_thread() as server:
            yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
async def guarded(tmp_path: Path, issuer: str) -> AsyncIterator[House]:
    """An office whose officer signed in there, in the service's session `there-1`."""
    provider = Provider(
        issuer=issuer, client_id="answerable", client_secret="invented", tenant=TENANT,
        roles=granting_in(ROLES, "roles.yaml"),
    )  # fmt: skip
    house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=provider))
    async with house.browser:
        await come_back(house, issuer, "s-1", {**OFFICER, "sid": "there-1"})
        assert (await house.browser.get("/my-work")).status_code == 200
        yield house


def claims_of(issuer: str, now: datetime) -> dict[str, Any]:
    """What the service says where somebody signs out."""
    at = int(now.timestamp())
    return {
        "iss": issuer, "aud": "answerable", "iat": at, "exp": at + 120, "jti": f"word-{next(NAMES)}",
        "sub": "s-1", "events": {EVENT: {}},
    }  # fmt: skip


def with_changes(claims: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """The same with changes; None leaves a claim out."""
    return {name: value for name, value in {**claims, **changed}.items() if value is not None}


def token(house: House, issuer: str, *, key: RSAKey | None = None, kid: str = "", **changed: Any) -> str:
    """A logout token as the service would send it, but for what is changed."""
    signer = key or KEYS[-1]
    header = {"alg": "RS256", "typ": "logout+jwt", "kid": kid or signer.kid}
    return jwt.encode(header, with_changes(claims_of(issuer, house.memory.now), changed), signer)


async def send(house: House, said: str) -> httpx.Response:
    """The service, which has none of the browser's cookies, sends a token."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(house.app), base_url="http://office.test"
    ) as service:
        answer = await service.post(THERE, data={"logout_token": said})
    assert answer.headers["cache-control"] == "no-store"
    return answer


async def still_in(house: House) -> bool:
    """Whether the officer is still signed in."""
    return (await house.browser.get("/my-work")).status_code == 200


@pytest.mark.parametrize(
    "named",
    [
        {"sub": "s-1"},
        {"sub": None, "sid": "there-1"},
        {"sub": "s-1", "sid": "there-1"},
        {"aud": ["x", "answerable"]},
        {"exp": None},
    ],
    ids=["sub", "sid", "both", "one of several audiences", "without exp"],
)
async def test_whoever_signs_out_there_is_signed_out_here(
    named: dict[str, Any], guarded: House, issuer: str
) -> None:
    """By account, by session or by both; the browser says why at its next click, and it is on record why."""
    answer = await send(guarded, token(guarded, issuer, **named))
    assert (answer.status_code, answer.content) == (200, b"")
    assert not await still_in(guarded)
    assert "You signed out of your organisation" in (await guarded.browser.get("/sign-in")).text
    sessions = guarded.rooms.sessions
    assert isinstance(sessions, MemorySessions)
    assert {one.ended_why for one in sessions.kept.values()} == {"signed_out_there"}


@pytest.mark.parametrize("named", [{"sub": "s-2"}, {"sub": None, "sid": "there-2"}, {"sid": "there-2"}])
async def test_others_stay_signed_in(named: dict[str, Any], guarded: House, issuer: str) -> None:
    """Another account, another session: that is no mistake of the service's, and ends nothing."""
    assert (await send(guarded, token(guarded, issuer, **named))).status_code == 200
    assert await still_in(guarded)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"iss": "https://elsewhere.example"}, "iss"),
        ({"aud": "another"}, "aud"),
        ({"aud": None}, "aud"),
        ({"iat": None}, "iat"),
        ({"iat": "now"}, "iat"),
        ({"iat": 0}, "iat"),
        ({"iat": 32_503_680_000}, "iat"),
        ({"iat": 10**400}, "iat"),
        ({"iat": float("nan")}, "iat"),
        ({"exp": 1}, "exp"),
        ({"exp": 10**400}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"events": None}, "events"),
        ({"events": {}}, "events"),
        ({"events": {EVENT: True}}, "events"),
        ({"events": [EVENT]}, "events"),
        ({"nonce": "n"}, "nonce"),
        ({"sub": None}, "neither sub nor sid"),
        ({"sub": 7}, "words"),
        ({"sub": ""}, "words"),
        ({"sid": ["there-1"]}, "words"),
        ({"sid": "x" * 256}, "words"),
        ({"jti": None}, "words"),
        ({"jti": "\x00"}, "words"),
    ],
)
def test_a_token_that_breaks_a_rule_is_refused_with_the_rule(changed: dict[str, Any], says: str) -> None:
    """Though the service signed it; what is wrong is said to the service."""
    provider = Provider(issuer="https://there.example/", client_id="answerable", client_secret=None)
    good = claims_of("https://there.example", NOW)
    assert wrong_with(good, {}, provider, NOW) is None
    wrong = wrong_with(with_changes(good, changed), {"typ": "logout+jwt"}, provider, NOW)
    assert wrong is not None
    assert says in wrong
    assert wrong_with(good, {"typ": "at+jwt"}, provider, NOW) == "it is a token of another type"


async def test_what_is_wrong_is_said_to_the_service_and_ends_nothing(guarded: House, issuer: str) -> None:
    """As the standard has it: 400, with a code and a sentence."""
    answer = await send(guarded, token(guarded, issuer, nonce="n"))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert "a nonce has no place in it" in answer.json()["error_description"]
    assert await still_in(guarded)


async def test_a_token_counts_once(guarded: House, issuer: str) -> None:
    """Sent again after somebody has signed in anew, it does not throw them out."""
    said = token(guarded, issuer)
    assert (await send(guarded, said)).status_code == 200
    await come_back(guarded, issuer, "s-1", OFFICER)
    again = await send(guarded, said)
    assert (again.status_code, "used before" in again.text) == (400, True)
    assert await still_in(guarded)


def part(said: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


async def test_a_token_that_the_service_did_not_sign_ends_nothing(guarded: House, issuer: str) -> None:
    """Signed by another key, under the service's name for its own, by nobody, or with the public key."""
    other = RSAKey.generate_key(2048, {"kid": "other"})
    good = token(guarded, issuer).split(".")
    deep = base64.urlsafe_b64encode(b"[" * 5_000).rstrip(b"=").decode()
    for forged in (
        token(guarded, issuer, key=other),
        token(guarded, issuer, key=other, kid=str(KEYS[-1].kid)),
        f"{part({'alg': 'none', 'typ': 'logout+jwt'})}.{good[1]}.",
        f"{part({'alg': 'HS256', 'typ': 'logout+jwt'})}.{good[1]}.{good[2]}",
        f"{good[0]}.{part({'sub': 's-1'})}.{good[2]}",
        f"{deep}.{good[1]}.{good[2]}",
        "", "x", "a.b.c", "\u00e4.\u00f6.\u00fc", "x" * 9_000,
    ):  # fmt: skip
        assert (await send(guarded, forged)).status_code == 400
    assert await still_in(guarded)


async def test_where_the_keys_cannot_be_read_the_service_may_try_again(
    guarded: House, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence for programs and the status that says: later."""

    async def away(**_: object) -> None:
        raise httpx.ConnectError("away")

    monkeypatch.setattr(guarded.app.state.sso, "fetch_jwk_set", away)
    assert (await send(guarded, token(guarded, issuer))).status_code == 503
    assert await still_in(guarded)


async def test_without_a_sign_in_service_there_is_no_such_address(house: House) -> None:
    """A demonstration has none."""
    assert (await house.browser.post(THERE, data={"logout_token": "x"})).status_code == 404
