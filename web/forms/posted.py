"""A form that came back: what was typed, the files beside it, and the proof that it is our own form."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.door.tokens import unmasked
from web.forms.fields import Typed

MOST_FILES = 12
MOST_FIELDS = 600
MOST_BYTES_OF_TEXT = 1_000_000


class ForgedError(Exception):
    """The form does not carry the session's token, so it may not be ours."""

    def __init__(self, sent: "Posted") -> None:
        super().__init__()
        self.sent = sent


@dataclass(frozen=True)
class Posted:
    """What came back: typed inputs and chosen files."""

    typed: Typed
    files: tuple[UploadFile, ...] = ()

    @property
    def key(self) -> str:
        """The form's own key, under which it is carried out once."""
        return self.typed.one("key")


async def posted(request: Request) -> AsyncIterator[Posted]:
    """The form of this request. Files are spooled to disk while they arrive, never held in memory.

    Raises: ForgedError, HTTPException: the session's token is missing or another one; it cannot be read.
    """
    form = await form_of(request)
    try:
        sent = parts_of(form)
        _check(request, sent)
        request.state.sent = sent
        yield sent
    finally:
        await form.close()


FormBack = Annotated[Posted, Depends(posted)]


def parts_of(form: FormData) -> Posted:
    """What a form carries, by the names of its inputs."""
    said: dict[str, list[str]] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            said.setdefault(name, []).append(value)
        elif value.filename:
            files.append(value)
    return Posted(Typed(said), tuple(files))


async def form_of(request: Request) -> FormData:
    """The form that a request carries.

    Raises: HTTPException: it cannot be read, or has too much in it.
    """
    try:
        return await request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES_OF_TEXT
        )
    except HTTPException as wrong:
        beyond = "xceeded" in wrong.detail or "Too many" in wrong.detail
        raise HTTPException(413 if beyond else 400) from None


def fresh_key() -> str:
    """A key for a form that is shown for the first time."""
    return secrets.token_urlsafe(18)


def _check(request: Request, sent: Posted) -> None:
    ours, token = request.session.get("csrf", ""), unmasked(sent.typed.one("csrf"))
    if not ours or not secrets.compare_digest(ours.encode(), token.encode()):
        raise ForgedError(sent)
