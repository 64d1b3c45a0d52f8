"""The ring of keys: the first one writes, all of them read. A key's name is made of the key itself."""

import base64
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Purpose = Literal["payloads", "files"]
"""What a key is used for; each purpose has a key of its own, derived from the one on the ring."""

LENGTH = 32
"""Bytes of a key: AES-256."""
ID_LENGTH = 8
"""Bytes of a key's name."""
LINE = re.compile(
    r"(?:(?P<id>[0-9a-f]{16}) )?(?P<secret>[A-Za-z0-9_-]{43}=?)(?: (?P<made_on>\d{4}-\d{2}-\d{2}))?"
)
"""A key alone is enough, as deploy/secrets.sh makes one; with its name it is known to be copied whole."""
HEAD = (
    "# Keys of Answerable, one in each line: its name, the key, the day it was made. The first one writes,\n"
    "# all of them read. Without them nothing can be read: keep a copy apart from the backups, as\n"
    "# docs/secrets.md says.\n"
)


class KeysWrongError(ValueError):
    """A file of keys cannot be used; the message says why and never what is in it."""


class UnreadableError(Exception):
    """Something that lies encrypted cannot be read; the message says what helps."""


class KeyMissingError(UnreadableError):
    """Something was encrypted with a key that is not on the ring."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"It was encrypted with the key {key_id}, which is not in the file of keys "
            "(ANSWERABLE_KEYS_FILE). Put that key back into it and start again."
        )
        self.key_id = key_id


@dataclass(frozen=True)
class Key:
    """One key."""

    secret: bytes = field(repr=False)
    made_on: str = ""
    """The day on which it was made, where that is known."""

    @property
    def id(self) -> str:
        """Its name: no two keys have the same, and nothing can be learnt from it."""
        return hashlib.sha256(b"answerable key\n" + self.secret).digest()[:ID_LENGTH].hex()

    def line(self) -> str:
        """How it stands in the file of keys."""
        secret = base64.urlsafe_b64encode(self.secret).decode().rstrip("=")
        return f"{self.id} {secret} {self.made_on}".rstrip()


@dataclass(frozen=True)
class KeyRing:
    """Every key that can be read with; the first of them is written with."""

    keys: tuple[Key, ...] = field(repr=False)

    @property
    def writes(self) -> Key:
        """The key that is written with."""
        return self.keys[0]

    def __iter__(self) -> Iterator[Key]:
        """Every key, the one that writes first."""
        return iter(self.keys)

    def find(self, key_id: str) -> Key:
        """A key by its name.

        Raises: KeyMissingError: there is none of that name.
        """
        found = next((one for one in self.keys if one.id == key_id), None)
        if found is None:
            raise KeyMissingError(key_id)
        return found


@cache
def derived(key: Key, purpose: Purpose) -> bytes:
    """The key for one purpose (HKDF-SHA256): what is learnt of one is no help with the other."""
    info = f"answerable {purpose} 1".encode()
    return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=info).derive(key.secret)


def new_key(made_on: str = "") -> Key:
    """A key that nobody has seen."""
    return Key(secrets.token_bytes(LENGTH), made_on)


def parse(text: str) -> KeyRing:
    """The ring in a file of keys.

    Raises: KeysWrongError: it is not one, or a key was not copied whole.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    keys = tuple(_key(number, line) for number, line in lines if line and not line.startswith("#"))
    if not keys:
        raise KeysWrongError("there is no key in it; make one with `python starter.py keys new`")
    if len({one.id for one in keys}) < len(keys):
        raise KeysWrongError("a key stands in it twice; remove one of the two lines")
    return KeyRing(keys)


def _key(number: int, line: str) -> Key:
    found = LINE.fullmatch(line)
    if found is None:
        raise KeysWrongError(
            f"line {number} is not a key: its name, the key and the day, with spaces between"
        )
    key = Key(base64.urlsafe_b64decode(found["secret"].rstrip("=") + "="), found["made_on"] or "")
    if found["id"] and key.id != found["id"]:
        raise KeysWrongError(f"the key in line {number} is not the one that its name says: copy it again")
    return key


def keep(path: Path, ring: KeyRing) -> None:
    """Write a file of keys, whole or not at all; a new one for its owner alone, an old one as it was.

    Raises: OSError: it cannot be written; what stood there stands.
    """
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(HEAD + "".join(f"{one.line()}\n" for one in ring))
        file.flush()
        if path.exists():
            os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
        os.fsync(file.fileno())
    new.replace(path)
