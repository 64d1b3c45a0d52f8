"""The organisation's own sign-in service: OpenID Connect, code flow with PKCE, state and nonce.

The service says who somebody is and what their groups grant; the directory says who that is here and which
roles they hold today. Both have to say yes.
"""

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc.errors import JoseError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from rules.clocks import civil
from schemas.people import Person, Role
from schemas.signed_in import Access, Account
from web.door.granting import PLAIN, granted, in_order
from web.door.keeping import KeepsAccounts
from web.door.proving import ASKED, TOO_LONG_AGO, lately, signed_in_there
from web.door.rooms import rooms

with warnings.catch_warnings():
    # authlib speaks of its next major version each time that it is loaded; the lock holds the present one
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.base_client import OAuthError
    from authlib.integrations.starlette_client import OAuth

log = logging.getLogger("answerable.web")
MOST_SID = 255
WITHIN = 10.0
"""Seconds that the sign-in service may take to answer."""
NOT_FINISHED = (
    "Your organisation's sign-in did not finish: it took too long, was cancelled, or was begun in another "
    "window. Nothing is wrong with your account. Sign in again."
)
OTHER_TENANT = (
    "You signed in with an account of another organisation. Sign in with the account that your own "
    "organisation gave you for this work."
)
TOO_WEAK = (
    "Your organisation's sign-in let you in more easily than this office allows. Sign out there, and sign in "
    "again with its second step. If it does not ask you for one, tell whoever looks after it."
)
NO_ROLE = (
    "Your account has no role here. Ask whoever looks after your organisation's sign-in to put you into the "
    "group of your role."
)
TOO_MANY_GROUPS = (
    "Your organisation's sign-in did not say which groups you are in, because they are too many. Ask whoever "
    "looks after it to send only the groups that are assigned to this product, or to give you an app role."
)


@dataclass(frozen=True)
class Provider:
    """Where people sign in, whose accounts are let in, and what their groups and roles grant."""

    issuer: str
    client_id: str
    client_secret: str | None
    claims: tuple[str, ...] = ("roles", "groups")
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=lambda: PLAIN)
    tenant: str | None = None
    strength: frozenset[str] = frozenset()
    """Ways of signing in there of which one is enough; whatever it allows, where none is named."""
    mail_trusted: bool = False


@dataclass(frozen=True)
class Arrived:
    """Somebody whom the sign-in service names, and the roles that it grants and the directory has today."""

    person: Person
    account: Account
    roles: tuple[Role, ...]
    proved_at: datetime | None = None
    """When they last showed the service who they are; None where it does not say."""


class ServiceAway(Exception):  # noqa: N818 - a way to go, not an error of ours
    """The sign-in service cannot be reached, or answers what nobody can read."""


def register(provider: Provider) -> Any:
    """The client of a sign-in service."""
    oauth = OAuth()
    return oauth.register(
        "sso",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "timeout": WITHIN,
            "verify": httpx.create_ssl_context(),  # read once: a client that reads it itself takes its time
        },
    )


async def start(request: Request, *, again: bool = False) -> Response:
    """Send the browser to the sign-in service; `again` has it ask also whoever is signed in there.

    Raises: ServiceAway: it cannot be reached.
    """
    back = f"{rooms(request).office.public_url}/sign-in/back"
    client, wished = client_of(request), sorted(provider_of(request).strength)
    asked = ({"acr_values": " ".join(wished)} if wished else {}) | (ASKED if again else {})
    try:
        answer: Response = await client.authorize_redirect(request, back, **asked)
    except (httpx.HTTPError, ValueError, RuntimeError) as why:
        log.warning("The sign-in service cannot be reached: %s", type(why).__name__)
        raise ServiceAway from why
    answer.status_code = 303
    return answer


async def leaving(request: HTTPConnection) -> str | None:
    """The address at which somebody also signs out of their organisation; None where the service has none."""
    if request.app.state.sso is None:
        return None
    back = f"{rooms(request).office.public_url}/signed-out"
    try:
        made = await client_of(request).create_logout_url(back, client_id=provider_of(request).client_id)
    except (httpx.HTTPError, ValueError, RuntimeError):
        return None
    return str(made["url"])


async def who(request: Request, *, again: bool = False) -> Arrived | str:
    """The person that the sign-in service names, or a sentence that says why nobody is signed in.

    Where it was asked to have them sign in `again`, it has to say that they did.

    Raises: ServiceAway: it cannot be reached.
    """
    try:
        token = await client_of(request).authorize_access_token(request)
    except (OAuthError, JoseError, KeyError) as why:
        log.warning("A sign-in did not finish: %s", type(why).__name__)
        return NOT_FINISHED
    except (httpx.HTTPError, ValueError, RuntimeError) as why:
        log.warning("The sign-in service cannot be reached: %s", type(why).__name__)
        raise ServiceAway from why
    claims: dict[str, Any] = token.get("userinfo") or {}
    provider = provider_of(request)
    if not for_us(claims, provider):
        return NOT_FINISHED
    if provider.tenant and claims.get("tid") != provider.tenant:
        return OTHER_TENANT
    if not strong_enough(claims, provider.strength):
        return TOO_WEAK
    if again and not lately(signed_in_there(claims), rooms(request).now()):
        return TOO_LONG_AGO
    return await _arrived(request, claims, provider)


def strong_enough(claims: Mapping[str, Any], strength: frozenset[str]) -> bool:
    """Whether somebody signed in there in a way that is enough; a service that says nothing of it does not.

    Source: OpenID Connect Core 1.0, section 2 (acr, amr); RFC 8176
    """
    methods = claims.get("amr")
    said = {str(claims.get("acr")), *(map(str, methods) if isinstance(methods, list) else ())}
    return not strength or not strength.isdisjoint(said)


async def _arrived(request: Request, claims: Mapping[str, Any], provider: Provider) -> Arrived | str:
    here = rooms(request)
    account = Account(str(claims["iss"]), str(claims["sub"]), _session_there(claims))
    people = await here.reads.people()
    person = people.get(await _accounts(request).person_of(account) or "")
    if person is None:
        person = await _linked_by_mail(request, account, claims, people)
    if person is None:
        return (
            "Your account is not linked to anybody in this office's directory. Ask the office to link it, "
            f"and give them this: {account.sub}"
        )
    offered = granted(claims, provider.claims, provider.roles)
    if not offered:
        return TOO_MANY_GROUPS if _left_out(claims, provider) else NO_ROLE
    held = offered & person.roles_on(civil(here.now()))
    if not held:
        return (
            f"The directory does not have {person.title} in a role that your account grants today. Ask the "
            "office to enter your appointment with its days."
        )
    return Arrived(person, account, in_order(held, person), signed_in_there(claims))


async def _linked_by_mail(
    request: Request, account: Account, claims: Mapping[str, Any], people: Mapping[str, Person]
) -> Person | None:
    """The one person with the account's mail address, linked from now on; None where it proves nothing.

    An address counts once, and only where the service has checked it: whoever could choose their own address
    could else choose whose work to do.
    """
    mail = claims.get("email")
    if not isinstance(mail, str) or not (
        claims.get("email_verified") is True or provider_of(request).mail_trusted
    ):
        return None
    now, accounts = rooms(request).now(), _accounts(request)
    found = await accounts.reached_at(mail)
    person = people.get(found[0]) if len(found) == 1 else None
    if person is None or not await accounts.link(account, person.id, "mail", now):
        return None
    await accounts.note(Access(now, person.id, person.role.value, "account linked by its mail address"))
    return person


def _session_there(claims: Mapping[str, Any]) -> str | None:
    """The service's own name of the session, where it says one."""
    said = claims.get("sid")
    return said if isinstance(said, str) and 0 < len(said) <= MOST_SID else None


def _left_out(claims: Mapping[str, Any], provider: Provider) -> bool:
    """Whether the service left a list out because it is too long (Entra ID: the overage claim)."""
    names = claims.get("_claim_names")
    return isinstance(names, dict) and any(one in names for one in provider.claims)


def for_us(claims: Mapping[str, Any], provider: Provider) -> bool:
    """Whether a token names somebody, is of our service and was made for us (`sub`, `iss`, `aud`, `azp`)."""
    audience = claims.get("aud")
    ours = provider.client_id in (audience if isinstance(audience, list) else [audience])
    party = claims.get("azp", provider.client_id) == provider.client_id
    return bool(claims.get("sub")) and same_issuer(claims.get("iss"), provider.issuer) and ours and party


def same_issuer(issuer: object, ours: str) -> bool:
    """Whether a token is of our service; a slash at the end makes no other of it."""
    return isinstance(issuer, str) and issuer.rstrip("/") == ours.rstrip("/")


def _accounts(request: HTTPConnection) -> KeepsAccounts:
    found = rooms(request).accounts
    assert found is not None, "nobody can come from a sign-in service where no accounts are kept"
    return found


def provider_of(request: HTTPConnection) -> Provider:
    """The service, as the office has set it."""
    found: Provider = request.app.state.provider
    return found


def client_of(request: HTTPConnection) -> Any:
    """What speaks with the service. Raises: HTTPException: there is none."""
    client = request.app.state.sso
    if client is None:
        raise HTTPException(404)
    return client
