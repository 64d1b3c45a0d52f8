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
MOST_READ = 65_536
"""Bytes of an answer that are read at the most; nothing in them is used."""
SECRET_BYTES, LEAST, GREATEST = 32, 24, 64
"""Of a secret: as many as are made, and at the least and at the most."""
MEDIA_TYPE = "application/cloudevents-batch+json"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReachedError(Exception):
    """The receiver cannot be reached, or must not be; the message is a sentence without the address."""


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a client reads the clock: a signature carries its instant


class Receivers:
    """Posts to receivers. One connection pool for all of them; close it when the process ends."""

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
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=50),
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
            await _read_little(answer)
        finally:
            await answer.aclose()
        return answer.status_code

    async def _address_of(self, url: httpx.URL) -> Address:
        """The address behind a name, where it may be spoken to.

        Raises: NotReachedError: it has none, or leads inside a private network.
        """
        found = await _look_up(url.host, url.port or (443 if url.scheme == "https" else 80))
        if self._loopback and all(one.is_loopback for one in found):
            return found[0]
        if url.scheme != "https":
            raise NotReachedError("Events are sent over https only.")
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
        if inner is not None and not is_outside(inner):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


async def _look_up(host: str, port: int) -> list[Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReachedError("The name of the receiver is not known. Check its spelling.") from None
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


async def _read_little(answer: httpx.Response) -> None:
    """Read so much of an answer that its connection can be used again, and no more than a limit."""
    read = 0
    async for piece in answer.aiter_raw():
        read += len(piece)
        if read > MOST_READ:
            return
