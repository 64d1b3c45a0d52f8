"""The machine-readable record of one published version, with all that it takes to check its fingerprint."""

import json
from typing import Any

from rules.publishing.publication import canonical
from schemas.rows import PublicationRow

CHECKING = (
    "Take the characters of `canonical` as UTF-8 and compute their SHA-256: it is `fingerprint`. "
    "`canonical` is `facts` written with sorted keys and no spaces. Every `text:` in it is the SHA-256 of "
    "the words that stand under the same name in `words`, as UTF-8."
)


def facts_json(row: PublicationRow, address: str) -> bytes:
    """The record as JSON, the same bytes every time."""
    said: dict[str, Any] = {
        "reference": row.cycle,
        "version": row.version,
        "published_at": row.published_at.isoformat(),
        "address": address,
        "fingerprint": row.fingerprint,
        "how_to_check": CHECKING,
        "canonical": canonical(row.facts).decode(),
        "facts": row.facts,
        "words": row.words,
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def withdrawn_json(row: PublicationRow, address: str) -> bytes:
    """What stands there once it was withdrawn: that it was published, and the notice, without its words."""
    said: dict[str, Any] = {
        "reference": row.cycle,
        "version": row.version,
        "published_at": row.published_at.isoformat(),
        "address": address,
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "notice": row.withdrawal,
    }
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
