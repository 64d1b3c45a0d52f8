"""Slows down whoever sends much without having come in: each network has its own measure, in every process.

Whoever is signed in, by account, link or token, goes past: what they do is on record in their name, and
tokens have a measure of their own (`web/door/bearing.py`). Machines that sign what they send go past too.
"""

import ipaddress
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.door.rooms import rooms
from web.door.sessions import SAFE, door

COMES_IN = ("/sign-in/start", "/sign-in/back")
"""What asks the organisation's sign-in service something each time that it is opened."""
SIGNED = frozenset({"/api/v1/outside", "/api/v1/mail/receipts", "/signed-out/back-channel"})
"""Where machines send what they have signed, or show a secret of 256 bits: a burst of theirs is no attack."""
MOST_NETWORKS = 10_000
"""How many networks are remembered; then the one that was heard of longest ago is forgotten."""

What = Literal["coming in", "sending"]
Refuse = Callable[[Request, int], Response]


@dataclass(frozen=True)
class Pace:
    """How much may come at once, and how much a minute from then on."""

    at_once: int
    a_minute: int

    def left(self, before: float, seconds: float) -> float:
        """What may still come at once, after so many seconds without anything."""
        return min(before + max(seconds, 0.0) * self.a_minute / 60, float(self.at_once))


PACES: dict[What, Pace] = {"coming in": Pace(120, 60), "sending": Pace(60, 30)}
"""A whole office or force may sit behind one address of the network."""


class Slowly:
    """Answers 429 where a network sends more than its measure without anybody having come in."""

    def __init__(self, app: ASGIApp, *, answer: Refuse) -> None:
        self.app = app
        self.answer = answer
        self.kept: dict[tuple[What, str], tuple[float, datetime]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say when to try again."""
        what = what_of(scope)
        if what is None:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        here = door(request)
        if here.person is not None or here.token is not None:
            await self.app(scope, receive, send)
            return
        wait = self.wait(what, network_of(request.client.host if request.client else ""), request)
        if wait:
            await self.answer(request, wait)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def wait(self, what: What, network: str, request: Request) -> int:
        """Seconds until a network may send again; 0 where it may now, which is counted."""
        now, pace = rooms(request).now(), PACES[what]
        before, at = self.kept.pop((what, network), (float(pace.at_once), now))
        left = pace.left(before, (now - at).total_seconds())
        if left < 1:
            self.kept[what, network] = (left, now)
            return math.ceil((1 - left) * 60 / pace.a_minute)
        self.kept[what, network] = (left - 1, now)
        if len(self.kept) > MOST_NETWORKS:
            del self.kept[next(iter(self.kept))]
        return 0


def what_of(scope: Scope) -> What | None:
    """What a request does that has a measure; None where it has none."""
    if scope["type"] != "http" or scope["path"] in SIGNED:
        return None
    if scope["path"].startswith(COMES_IN):
        return "coming in"
    if scope["method"] in SAFE:
        return None
    return "coming in" if scope["path"].startswith("/sign-in") else "sending"


def network_of(host: str) -> str:
    """The network that an address belongs to: of IPv6 the first 64 bits, of which one house has them all."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
