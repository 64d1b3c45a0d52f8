"""The mails that the product sent on this machine, where nothing leaves it."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schemas.people import Person
from web.door.identity import require
from web.door.rooms import rooms
from web.showing.page import render
from web.showing.pages import A_PAGE, Leaf, Number, skip

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Mail:
    """One mail as a page shows it."""

    name: str
    subject: str
    to: str
    at: datetime
    text: str
    attached: tuple[str, ...]


@router.get("/mail")
async def box(request: Request, _person: Anybody, page: Number = 1) -> Response:
    """All mails, newest first, fifty on a page."""
    mails, count = await asyncio.to_thread(_newest, _folder(request), skip(page))
    leaf = Leaf("/mail", page, count, what="Mails")
    return render(request, "mail/list.html", title=leaf.titled("Mail"), mails=mails, leaf=leaf)


@router.get("/mail/{name}")
async def one(request: Request, name: str, _person: Anybody) -> Response:
    """One mail."""
    path = _folder(request) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise HTTPException(404)
    mail = await asyncio.to_thread(_read, path)
    return render(request, "mail/one.html", title=mail.subject, mail=mail, back=("/mail", "Mail"))


def _folder(request: Request) -> Path:
    if not rooms(request).standalone:
        raise HTTPException(404)
    return rooms(request).home / "mail"


def _newest(folder: Path, before: int) -> tuple[list[Mail], int]:
    """One page of the folder, and how many mails there are in all."""
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_read(path) for path in paths[before : before + A_PAGE]], len(paths)


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain", "html"))
    return Mail(
        name=path.stem,
        subject=str(message.get("Subject", "(no subject)")),
        to=str(message.get("To") or message.get("X-RcptTo", "")),
        at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=str(body.get_content()) if body else "",
        attached=tuple(part.get_filename() or "a file" for part in message.iter_attachments()),
    )
