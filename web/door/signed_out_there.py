"""Signing out at the sign-in service signs out here: OpenID Connect Back-Channel Logout 1.0.

The service sends a token that it has signed; no browser takes part. Each token counts once, for five minutes.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeGuard

import httpx
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from starlette.requests import Request

from schemas.signed_in import SignedOutThere
from web.door.rooms import rooms
from web.door.sso import MOST_SID, Provider, ServiceAway, client_of, provider_of, same_issuer

log = logging.getLogger("answerable.web")
EVENT = "http://schemas.openid.net/event/backchannel-logout"
FRESH = timedelta(minutes=5)
AHEAD = timedelta(minutes=2)
"""By how much the service's clock may be before or behind ours."""
LATEST = 253_402_300_800
"""Seconds since 1970 at the end of the year 9999."""
SIGNED = ("RS", "ES", "PS", "Ed")
"""How the algorithms begin that need the service's own key: never none, and no shared secret."""
TYPES = ("logout+jwt", "application/logout+jwt", "jwt")
KEYS_AGAIN = timedelta(minutes=1)
"""Keys that are not known are asked for again so often at the most: anybody can send a token with such."""
LONGEST = 8_000


async def told(request: Request, token: str) -> SignedOutThere | str:
    """Who signed out there, or what is wrong with the token.

    Raises: ServiceAway: the service's keys cannot be read. HTTPException: there is no service.
    """
    client, provider = client_of(request), provider_of(request)
    if not token or len(token) > LONGEST:
        return "send the logout_token as a form field"
    try:
        read = await _read(request, client, token)
    except (JoseError, ValueError, KeyError, TypeError, RecursionError) as why:
        log.warning("A logout token could not be read: %s", type(why).__name__)
        return "the token is not signed by this service"
    except (httpx.HTTPError, RuntimeError) as why:
        log.warning("The sign-in service cannot be reached: %s", type(why).__name__)
        raise ServiceAway from why
    wrong = wrong_with(read.claims, read.header, provider, rooms(request).now())
    if wrong:
        return wrong
    claims = read.claims
    return SignedOutThere(str(claims["iss"]), claims.get("sub"), claims.get("sid"), claims["jti"])


def wrong_with(
    claims: Mapping[str, Any], header: Mapping[str, Any], provider: Provider, now: datetime
) -> str | None:
    """What is wrong with a token that the service has signed; None where it says that somebody signed out."""
    return (
        _not_for_us(claims, header, provider)
        or _not_of_now(claims, now)
        or _not_a_logout(claims)
        or _names_nobody(claims)
    )


def _not_for_us(claims: Mapping[str, Any], header: Mapping[str, Any], provider: Provider) -> str | None:
    audience = claims.get("aud")
    if str(header.get("typ", "jwt")).lower() not in TYPES:
        return "it is a token of another type"
    if not same_issuer(claims.get("iss"), provider.issuer):
        return "iss is another service"
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        return "aud is another client"
    return None


def _not_of_now(claims: Mapping[str, Any], now: datetime) -> str | None:
    issued, ends, at = claims.get("iat"), claims.get("exp"), now.timestamp()
    if not _number(issued):
        return "iat is missing"
    if not -AHEAD.total_seconds() <= at - issued <= (FRESH + AHEAD).total_seconds():
        return "iat is not of the last five minutes"
    if ends is not None and (not _number(ends) or at - ends > AHEAD.total_seconds()):
        return "exp has passed"
    return None


def _not_a_logout(claims: Mapping[str, Any]) -> str | None:
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        return "events does not say that somebody signed out"
    if "nonce" in claims:
        return "a nonce has no place in it"
    return None


def _names_nobody(claims: Mapping[str, Any]) -> str | None:
    named = [claims[one] for one in ("sub", "sid") if one in claims]
    if not named:
        return "neither sub nor sid is there"
    if not all(_name(one) for one in (*named, claims.get("jti"))):
        return "sub, sid and jti have to be words of 255 signs at the most"
    return None


def _name(said: object) -> bool:
    return isinstance(said, str) and 0 < len(said) <= MOST_SID and "\x00" not in said


def _number(said: object) -> TypeGuard[float]:
    """Whether it is an instant in seconds: JSON also has numbers that no sum can be done with."""
    return isinstance(said, int | float) and not isinstance(said, bool) and abs(said) < LATEST


async def _read(request: Request, client: Any, token: str) -> jwt.Token:
    """The token, its signature checked by the service's keys; where it has others they are asked for anew."""
    metadata = await client.load_server_metadata()
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    registry = JWSRegistry(
        algorithms=[one for one in offered if one.startswith(SIGNED)], strict_check_header=False
    )
    try:
        return jwt.decode(token, KeySet.import_key_set(await client.fetch_jwk_set()), registry=registry)
    except InvalidKeyIdError:
        now, before = rooms(request).now(), getattr(request.app.state, "keys_asked_at", None)
        if before and now - before < KEYS_AGAIN:
            raise
        request.app.state.keys_asked_at = now
        keys = KeySet.import_key_set(await client.fetch_jwk_set(force=True))
        return jwt.decode(token, keys, registry=registry)
