"""The address of a person's calendar: their id, signed, so that a calendar program needs no sign-in."""

import hashlib

from itsdangerous import BadSignature, Signer


def secret_of(person: str, secret: str, number: int = 0) -> str:
    """The secret part of the address, the same as long as the service's own secret and the number are.

    The number says how often it was renewed; it is part of what is signed, so an older one no longer holds.
    """
    named = f"{person}~{number}" if number else person
    return _signer(secret).sign(named.encode()).decode()


def person_of(told: str, secret: str) -> tuple[str, int] | None:
    """Whose calendar this is and the how-manieth address; None where the signature is not ours."""
    try:
        person, _, number = _signer(secret).unsign(told.encode()).decode().partition("~")
    except (BadSignature, UnicodeDecodeError):
        return None
    return person, int(number or 0)


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="calendar", digest_method=hashlib.sha256)
