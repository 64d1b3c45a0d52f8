"""The organisation's own sign-in service: OpenID Connect, code flow with PKCE."""

import warnings
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.deprecate import AuthlibDeprecationWarning
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person, Role
from web.door.rooms import rooms

with warnings.catch_warnings():
    # authlib speaks of its next major version each time that it is loaded; the lock holds the present one
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.base_client import OAuthError
    from authlib.integrations.starlette_client import OAuth


@dataclass(frozen=True)
class Provider:
    """Where people sign in, and the claim that says what they may do."""

    issuer: str
    client_id: str
    client_secret: str | None
    roles_claim: str = "roles"


def register(provider: Provider) -> Any:
    """The client of a sign-in service."""
    oauth = OAuth()  # type: ignore[no-untyped-call]
    return oauth.register(  # type: ignore[no-untyped-call]
        "sso",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )


async def start(request: Request) -> Response:
    """Send the browser to the sign-in service."""
    back = f"{rooms(request).office.public_url}/sign-in/back"
    answer: Response = await _client(request).authorize_redirect(request, back)
    answer.status_code = 303
    return answer


async def who(request: Request) -> Person | str:
    """The person that the sign-in service names, or a sentence that says why nobody is signed in."""
    try:
        token = await _client(request).authorize_access_token(request)
    except (OAuthError, httpx.HTTPError):
        return "Your organisation's sign-in did not finish. Try again."
    claims: dict[str, Any] = token.get("userinfo") or {}
    person = (await rooms(request).reads.people()).get(str(claims.get("sub", "")))
    if person is None:
        return "Your account is not in this office's directory. Ask the office to enter you."
    return in_role(person, claims.get(request.app.state.provider.roles_claim))


def in_role(person: Person, claimed: object) -> Person | str:
    """The person in a role that the sign-in service grants: the directory's own where that is granted."""
    known = {role.value for role in Role if role not in (Role.ENGINE, Role.PUBLIC)}
    listed = claimed if isinstance(claimed, list) else []
    granted = [str(one) for one in listed if str(one) in known]
    if not granted:
        return "Your account has no role here. Ask whoever looks after your organisation's sign-in."
    role = person.role.value if person.role.value in granted else granted[0]
    return person.model_copy(update={"role": Role(role)})


def _client(request: Request) -> Any:
    client = request.app.state.sso
    if client is None:
        raise HTTPException(404)
    return client
