"""What this machine says: disks, keys, and whoever it needs: scanner, mail server, certificate, calendars."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from cli.doctoring.line import Line, kind_of, ok, spelled, warn, wrong
from clients.clamd import Clamd, ScannerDownError
from clients.sending import SaysWho
from reference.catalogue import calendar
from rules.clocks import civil
from watching import machine

LITTLE, TOO_LITTLE = 0.15, 0.05
"""Free part of a disk."""
WEEK = 7 * 86_400.0
CERTIFICATE_SOON = 3 * WEEK
CALENDAR_SOON, CALENDAR_SHORT = 39 * WEEK, 13 * WEEK
"""How far a calendar has to reach ahead: deadlines of the next half year are counted with it."""
PATIENCE = 3.0
FREE_UP = "Free some space, or move it to a larger disk (docs/operations.md#disk-nearly-full)."


class SaysWhere(SaysWho, Protocol):
    """What the settings say of this machine."""

    @property
    def home(self) -> Path: ...
    @property
    def files_url(self) -> str | None: ...
    @property
    def secret_files(self) -> Sequence[Path]: ...
    @property
    def ledger_key_file(self) -> Path | None: ...
    @property
    def scanner(self) -> str | None: ...
    @property
    def clamd(self) -> str | None: ...


async def of_machine(chosen: SaysWhere, now: datetime) -> list[Line]:
    """Everything that can be looked at from here."""
    return [
        *_keys(chosen.secret_files),
        *_signing(chosen.ledger_key_file),
        _disk("Disk of the home folder", chosen.home),
        *_shelf(chosen.files_url),
        await _scanner(chosen),
        await _post(chosen),
        await asyncio.to_thread(_certificate, chosen.public_url),
        calendars(civil(now), calendar().horizon_on),
    ]


def _keys(files: Sequence[Path]) -> list[Line]:
    found = [(one, machine.key_wrong(one)) for one in files]
    lines = [
        wrong(
            "Keys and passwords",
            f"{file} {why}",
            f"Run: chmod 600 {file}" if "others" in why else "Put it back, for the user that runs this.",
        )
        for file, why in found
        if why
    ]
    return lines or [ok("Keys and passwords", f"{len(found)} files, each ours alone to read")]


def _signing(file: Path | None) -> list[Line]:
    if file is not None:
        return []
    do = "Set ANSWERABLE_LEDGER_KEY_FILE (docs/ledger.md)."
    return [warn("Signing key", "there is none: no checkpoint of the ledger is signed", do)]


def _disk(what: str, place: Path) -> Line:
    free = machine.free(place)
    if free is None:
        return warn(what, "cannot be told", f"See whether {place} is there.")
    said = f"{free:.0%} free"
    if free < TOO_LITTLE:
        return wrong(what, said, FREE_UP)
    return warn(what, said, FREE_UP) if free < LITTLE else ok(what, said)


def _shelf(url: str | None) -> list[Line]:
    what = "Shelf of files"
    if url is None:
        return [wrong(what, "is not set", "Set ANSWERABLE_FILES_URL.")]
    parts = urlsplit(url)
    if parts.scheme != "file":
        return [ok(what, "is a bucket; whether it takes files shows when one is sent")]
    place = Path(parts.path)
    if not place.exists():
        return [warn(what, f"{place} is not there yet; the first file makes it", "Look again after that.")]
    if not os.access(place, os.W_OK | os.X_OK):
        return [wrong(what, f"{place} takes nothing from us", "Give it to the user that runs this.")]
    return [ok(what, f"{place} can be written"), _disk("Disk of the shelf", place)]


async def _scanner(chosen: SaysWhere) -> Line:
    what = "Virus scanner"
    if chosen.scanner is None:
        said = "there is none; each file is held until a person releases it"
        return warn(what, said, "Set ANSWERABLE_CLAMD to one (docs/adr/0027-files.md).")
    try:
        async with asyncio.timeout(PATIENCE):
            await Clamd(chosen.scanner, within=PATIENCE).scan(_a_word())
    except (ScannerDownError, TimeoutError) as trouble:
        do = "Start it; files wait meanwhile (docs/operations.md#scanner-away)."
        return wrong(what, f"does not answer ({kind_of(trouble)})", do)
    return ok(what, "looks at what it is given")


async def _a_word() -> AsyncIterator[bytes]:
    yield b"Is anybody there?"


async def _post(chosen: SaysWhere) -> Line:
    what = "Mail"
    if chosen.carrier is None:
        return wrong(what, "nobody carries it", "Set ANSWERABLE_SMTP_HOST or GOV.UK Notify (docs/post.md).")
    if chosen.carrier == "notify" or chosen.smtp_host is None:
        return ok(what, "GOV.UK Notify carries it; what came back is among the letters")
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(chosen.smtp_host, chosen.smtp_port)
            greeted = await reader.readline()
            writer.close()
    except (OSError, TimeoutError) as trouble:
        do = "See to the mail server; letters are tried again until it takes them."
        return wrong(what, f"the mail server does not answer ({kind_of(trouble)})", do)
    if not greeted.startswith(b"220"):
        return wrong(what, "who answers is no mail server", "Put ANSWERABLE_SMTP_HOST and _PORT right.")
    return ok(what, "the mail server answers")


def _certificate(address: str) -> Line:
    what = "Certificate"
    if not address.startswith("https://"):
        return warn(
            what, "the pages have none: their address is http", "Put them behind https for an office."
        )
    left = machine.certificate_left(address)
    if left is None:
        return warn(what, "nobody answers at the public address", "See that the pages run.")
    if left == 0:
        return wrong(
            what, "does not hold, or has ended", "Renew it (docs/operations.md#certificate-or-keys)."
        )
    said = f"holds for {spelled(left)}"
    if left < CERTIFICATE_SOON:
        return warn(what, said, "Renew it (docs/operations.md#certificate-or-keys).")
    return ok(what, said)


def calendars(today: date, last: date) -> Line:
    """Whether the newest calendar reaches far enough."""
    what, left = "Calendars", (last - today).total_seconds()
    said = f"the newest edition {'ends in ' + spelled(left) if left > 0 else 'has ended'}"
    do = "Import the next edition: starter.py calendar import (docs/operations.md#calendar-ends)."
    if left < CALENDAR_SHORT:
        return wrong(what, said, do)
    return warn(what, said, do) if left < CALENDAR_SOON else ok(what, said)
