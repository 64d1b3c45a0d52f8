"""What a machine says of itself: free disk, who may read its keys, how long its certificate holds."""

import shutil
import socket
import ssl
import stat
import time
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 3.0
"""Seconds."""
HTTPS = 443


def free(place: Path) -> float | None:
    """Which part is free of the disk on which a place lies, or would lie: 0 to 1; None where unknown."""
    for one in (place, *place.absolute().parents):
        try:
            found = shutil.disk_usage(one)
        except OSError:
            continue
        return found.free / found.total if found.total else None
    return None


def key_wrong(file: Path) -> str:
    """What is wrong with a file that holds a key; empty where nothing is."""
    try:
        mode = file.stat().st_mode
        with file.open("rb") as opened:
            opened.read(1)
    except OSError:
        return "is missing or not ours to read"
    return "may be read by others" if mode & (stat.S_IRWXO | stat.S_IWGRP) else ""


def certificate_left(address: str) -> float | None:
    """Seconds until the certificate of an https address ends; None of http, or where nobody answers.

    A certificate that does not hold, whatever the reason, has none left.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return None
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or HTTPS), PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=parts.hostname) as wrapped,
        ):
            held = wrapped.getpeercert() or {}
    except ssl.SSLError:
        return 0.0
    except OSError:
        return None
    return max(ssl.cert_time_to_seconds(str(held["notAfter"])) - time.time(), 0.0)
