"""A form that came back: what was typed, the files beside it, and the proof that it is our own form."""

import secrets
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from web.forms.fields import Typed

MOST_FILES = 12
MOST_FIELDS = 600
MOST_BYTES_OF_TEXT = 1_000_000


class ForgedError(Exception):
    """The form does not carry the session's token, so it may not be ours."""


@dataclass(frozen=True)
class Posted:
    """What came back: typed inputs and chosen files."""

    typed: Typed
    files: tuple[UploadFile, ...] = ()

    @property
    def key(self) -> str:
        """The form's own key, under which it is carried out once."""
        return self.typed.one("key")


async def posted(request: Request) -> Posted:
    """The form of this request. Files are spooled to disk while they arrive, never held in memory.

    Raises: ForgedError: the session's token is missing or another one.
    """
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES_OF_TEXT)
    said: dict[str, list[str]] = {}
    files = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            said.setdefault(name, []).append(value)
        elif value.filename:
            files.append(value)
    _check(request, said.get("csrf", [""])[0])
    return Posted(Typed(said), tuple(files))


def fresh_key() -> str:
    """A key for a form that is shown for the first time."""
    return secrets.token_urlsafe(18)


def _check(request: Request, token: str) -> None:
    ours = request.session.get("csrf", "")
    if not ours or not secrets.compare_digest(ours, token):
        raise ForgedError
