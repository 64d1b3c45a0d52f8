"""The address of a person's calendar: their id, signed, so that a calendar program needs no sign-in."""

import hashlib

from itsdangerous import BadSignature, Signer


def secret_of(person: str, secret: str) -> str:
    """The secret part of the address, the same as long as the service's own secret is."""
    return _signer(secret).sign(person.encode()).decode()


def person_of(told: str, secret: str) -> str | None:
    """Whose calendar this is; None where the signature is not ours."""
    try:
        return _signer(secret).unsign(told.encode()).decode()
    except (BadSignature, UnicodeDecodeError):
        return None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="calendar", digest_method=hashlib.sha256)
