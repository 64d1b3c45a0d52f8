"""A form's token as a page writes it: otherwise each time, so that its length when packed tells nothing."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error


def masked(token: str) -> str:
    """The token under a mask that is used once and stands before it."""
    said = token.encode()
    mask = secrets.token_bytes(len(said))
    return urlsafe_b64encode(mask + _under(mask, said)).decode()


def unmasked(told: str) -> str:
    """The token again; empty where what was told is none."""
    try:
        both = urlsafe_b64decode(told.encode())
        half = len(both) // 2
        return _under(both[:half], both[half:]).decode() if len(both) == 2 * half else ""
    except (Error, ValueError):
        return ""


def _under(mask: bytes, said: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(mask, said, strict=True))
