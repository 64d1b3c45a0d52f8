"""Under which names the pages answer: their own, and those of the machine that they run on.

A page of another site can let its own name lead to this machine (DNS rebinding) and then read and send as if
it were ours. Over HTTPS the certificate keeps it out. In a demonstration, where everybody may be chosen, this
does.
"""

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.door.rooms import rooms

HERE = frozenset({"", "localhost"})


class OwnName:
    """Refuses whoever asks for another name than ours."""

    def __init__(self, app: ASGIApp, *, answer: Callable[[Request], Response]) -> None:
        self.app = app
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is meant for us."""
        if scope["type"] == "http" and not meant(request := Request(scope)):
            await self.answer(request)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def meant(request: Request) -> bool:
    """Whether a request names us: by our name, by this machine's, or by a number, which nobody can rebind."""
    asked = name_of(f"//{request.headers.get('host', '')}")
    return asked in HERE or asked == name_of(rooms(request).office.public_url) or _is_number(asked)


def name_of(address: str) -> str:
    """The name in an address, as names are compared."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return "?"


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
