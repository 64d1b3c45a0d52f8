"""The way to a sign-in service of tests and back, over HTTP, as a browser goes it."""

import re
import ssl
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
from authlib.deprecate import AuthlibDeprecationWarning

from tests.web.house import House

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    import oidc_provider_mock

__all__ = ["oidc_provider_mock"]

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""The provider of tests speaks plain HTTP, so no certificates need to be read."""
START = "/sign-in/start"
TENANT = "0f1e2d3c-0000-4000-8000-000000000001"
ROLES = """
9a1b2c3d-1111-4111-8111-111111111111: policy_officer
Answerable.Acting: acting_commissioner
Answerable.Both: [policy_officer, publication_officer]
"""
GROUP, APP_ROLE = "9a1b2c3d-1111-4111-8111-111111111111", "Answerable.Acting"
OFFICER: Mapping[str, Any] = {
    "tid": TENANT, "email": "Policy.Officer@opcc.example", "email_verified": True, "groups": [GROUP],
}  # fmt: skip


async def there_and(
    house: House, issuer: str, sub: str, claims: Mapping[str, Any], start: str = START, **changed: str
) -> str:
    """Go to the service with a changed request, sign in there as somebody; the address that leads back."""
    gone = await house.browser.get(start)
    there = urlsplit(gone.headers["location"])
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert {"nonce", "state"} <= set(asked)
    assert asked["redirect_uri"] == "http://office.test/sign-in/back"
    async with httpx.AsyncClient(verify=PLAIN) as other:
        await other.put(f"{issuer}/users/{sub}", json=dict(claims))
        to = urlunsplit(there._replace(query=urlencode({**asked, **changed})))
        allowed = await other.post(to, data={"sub": sub})
    return re.sub(r"^https?://[^/]+", "", allowed.headers["location"])


async def come_back(house: House, issuer: str, sub: str, claims: Mapping[str, Any]) -> httpx.Response:
    """Go to the service, sign in there as somebody, and come back."""
    return await house.browser.get(await there_and(house, issuer, sub, claims))
