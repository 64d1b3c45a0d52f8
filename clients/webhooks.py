"""Receivers of events: one signed POST to an address outside, and to nothing that is inside.

The name is looked up first and the connection goes to the address that was checked: where the name leads
cannot be changed in between. Redirects and proxies of the environment are not followed.
"""

import asyncio
import ipaddress
import secrets
import socket
import ssl
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
from standardwebhooks import Webhook

from schemas.subscriptions import Answer

WITHIN = 10.0
"""Seconds for a whole delivery, from looking the name up to the answer's end."""
SECRET_BYTES, LEAST, GREATEST = 32, 24, 64
"""Of a secret: as many as are made, and at the least and at the most."""
MEDIA_TYPE = "application/cloudevents-batch+json"
HTTPS, FIRST_FREE = 443, 1024
"""Ports that a delivery goes to: that of HTTPS, and those that no service of a system listens on."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReachedError(Exception):
    """The receiver cannot be reached, or must not be; the message is a sentence without the address."""


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: a signature carries its instant


class Receivers:
    """Posts to receivers, each delivery over a connection of its own; close it when the process ends."""

    def __init__(
        self,
        *,
        loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._loopback = loopback
        self._now = now
        self._client = httpx.AsyncClient(
            verify=tls or True,
            follow_redirects=False,
            trust_env=False,
            timeout=WITHIN,
            # A connection is known by the address that was checked. Kept open, it would be used for another
            # receiver at the same address, who never proved its name.
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=0),
        )

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    def fresh_secret(self) -> str:
        """A new secret to sign deliveries with, as Standard Webhooks write it."""
        return "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()

    def is_secret(self, text: str) -> bool:
        """Whether a text can be signed with: `whsec_` and 24 to 64 bytes in base64."""
        coded = text.removeprefix("whsec_")
        try:
            return coded != text and LEAST <= len(b64decode(coded, validate=True)) <= GREATEST
        except ValueError:
            return False

    async def post(self, url: str, secret: str, name: str, body: str) -> Answer:
        """Deliver one message under its name; what the receiver answered, or why there is no answer."""
        try:
            async with asyncio.timeout(WITHIN):
                return Answer(status=await self._post(url, secret, name, body))
        except NotReachedError as why:
            return Answer(trouble=str(why))
        except TimeoutError:
            return Answer(trouble=f"The receiver did not answer within {WITHIN:.0f} seconds.")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as why:
            return Answer(trouble=f"The receiver could not be reached ({type(why).__name__}).")

    async def check(self, url: str) -> str | None:
        """Why events may not be sent to an address, in a sentence; None where they may."""
        try:
            async with asyncio.timeout(WITHIN):
                await self._address_of(httpx.URL(url))
        except NotReachedError as why:
            return str(why)
        except TimeoutError:
            return "The name of the receiver could not be looked up in time. Try again."
        return None

    async def _post(self, url: str, secret: str, name: str, body: str) -> int:
        wanted = httpx.URL(url)
        address = await self._address_of(wanted)
        at = self._now()
        request = self._client.build_request(
            "POST",
            wanted.copy_with(host=str(address)),
            content=body.encode(),
            headers={
                "host": wanted.netloc.decode("ascii"),
                "content-type": MEDIA_TYPE,
                "user-agent": "answerable",
                "webhook-id": name,
                "webhook-timestamp": str(int(at.timestamp())),
                "webhook-signature": Webhook(secret).sign(name, at, body),
            },
            extensions={"sni_hostname": wanted.host},
        )
        answer = await self._client.send(request, stream=True)
        try:
            return answer.status_code  # nothing of what it says is used, so nothing more of it is read
        finally:
            await answer.aclose()

    async def _address_of(self, url: httpx.URL) -> Address:
        """The address behind a name, where it may be spoken to.

        Raises: NotReachedError: it has none, or leads inside a private network.
        """
        found = await _look_up(url.host, url.port or (443 if url.scheme == "https" else 80))
        if self._loopback and all(one.is_loopback for one in found):
            return found[0]
        if url.scheme != "https":
            raise NotReachedError("Events are sent over https only.")
        if url.port is not None and url.port != HTTPS and url.port < FIRST_FREE:
            raise NotReachedError(f"Events are sent to port {HTTPS}, or to one from {FIRST_FREE} on.")
        if not all(is_outside(one) for one in found):
            raise NotReachedError(
                "The name of the receiver leads to an address inside a private network, where no event is "
                "sent. Give it a public address."
            )
        return found[0]


def is_outside(address: Address) -> bool:
    """Whether an address belongs to the public internet, also where it is wrapped in another one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is None and int(address) >> 32 & 0xFDFF_FFFF == ISATAP:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None and not is_outside(inner):
            return False
    if any(address in one for one in NOT_OUTSIDE if one.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
ISATAP = 0x0000_5EFE
"""The half of an address in which ISATAP (RFC 5214) wraps one of IPv4, but for its universal bit."""
NOT_OUTSIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "192.0.0.0/24",  # protocol assignments (RFC 6890), of which Python calls single ones global
        "192.88.99.0/24",  # relays of 6to4, given up (RFC 7526)
        "64:ff9b:1::/48",  # NAT64 inside an organisation (RFC 8215)
        "fec0::/10",  # site-local, given up (RFC 3879), still routed inside some sites
        "3fff::/20",  # documentation (RFC 9637)
        "5f00::/16",  # segment routing (RFC 9602)
    )
)
"""What leads inside or nowhere, and is not known as such to every version of Python's ipaddress."""


async def _look_up(host: str, port: int) -> list[Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReachedError("The name of the receiver is not known. Check its spelling.") from None
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
