"""The items of a return or a proof: files go to the shelf, everything else becomes a text."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.requests import Request

from schemas.evidence import FileItem, Item, LinkItem, ShownItem, WrittenItem
from schemas.shape import Shape, Words
from web.door.rooms import OnShelf, rooms
from web.forms.posted import Posted

PIECE = 256 * 1024
SHOWN = 80
INFECTED = "The selected file contains a virus. Select another version"


class Kept(Shape):
    """A file that is on the shelf already: a form shown again carries it, so nobody uploads twice."""

    digest: str
    size: int
    media_type: str
    name: str


@dataclass(frozen=True)
class Gathered:
    """The files that are on the shelf, and what is wrong with one that is not."""

    kept: tuple[Kept, ...] = ()
    error: str | None = None


async def gather(request: Request, posted: Posted) -> Gathered:
    """Put the chosen files on the shelf, beside those that an earlier try put there."""
    kept = list(_from_before(request, posted))
    for file in posted.files:
        taken = await _shelve(request, file)
        if isinstance(taken, str):
            return Gathered(tuple(kept), taken)
        if taken.digest not in {one.digest for one in kept}:
            kept.append(taken)
    infected = await _infected(request, kept)
    clean = tuple(one for one in kept if one not in infected)
    return Gathered(clean, f"{infected[0].name}: {INFECTED}" if infected else None)


def items_of(gathered: Gathered, posted: Posted, words: Words) -> tuple[Item, ...]:
    """The items as a command names them."""
    files = [
        FileItem(digest=one.digest, size=one.size, media_type=one.media_type, name=words.ref(one.name))
        for one in gathered.kept
    ]
    typed = posted.typed
    written = [WrittenItem(text=words.ref(said)) for said in typed.all("written") if said.strip()]
    links = [LinkItem(address=words.ref(said)) for said in typed.all("link") if said.strip()]
    shown = [ShownItem(what=words.ref(said)) for said in typed.all("shown") if said.strip()]
    return (*files, *written, *links, *shown)


def link_error(posted: Posted) -> str | None:
    """What is wrong with an address that was typed; None where nothing is."""
    said = [link.strip() for link in posted.typed.all("link") if link.strip()]
    if any(not link.startswith(("https://", "http://")) for link in said):
        return "The link must be a whole address that begins with https://"
    return None


def token(request: Request, kept: Kept) -> str:
    """A kept file as a form carries it, signed so that nobody can name a file that they never sent."""
    return _seal(request).dumps(kept.model_dump())


async def _shelve(request: Request, file: UploadFile) -> Kept | str:
    here = rooms(request)
    name = file.filename or "file"
    taken = await here.shelf.put(_pieces(file), name, here.upload_limit)
    if not isinstance(taken, OnShelf):
        return f"{_short(name)}: {taken.message}"
    kept = Kept(digest=taken.digest, size=taken.size, media_type=taken.media_type, name=name)
    words = Words()
    await here.keeping.keep_file(
        FileItem(digest=kept.digest, size=kept.size, media_type=kept.media_type, name=words.ref(name))
    )
    if here.nudges:
        await here.nudges.soon()
    return kept


def _short(name: str) -> str:
    """A name as a page can show it, whatever it is made of."""
    said = "".join(letter if letter.isprintable() else "?" for letter in name)
    return said if len(said) <= SHOWN else said[:SHOWN] + "…"


async def _infected(request: Request, kept: list[Kept]) -> list[Kept]:
    """Those in which a scanner found something, be it when somebody else had sent the same file."""
    here = rooms(request)
    known = await here.scans.scans([one.digest for one in kept]) if here.scans and kept else {}
    return [one for one in kept if one.digest in known and known[one.digest].state == "infected"]


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(PIECE):
        yield piece


def _from_before(request: Request, posted: Posted) -> list[Kept]:
    kept = []
    for sealed in posted.typed.all("kept"):
        try:
            kept.append(Kept.model_validate(_seal(request).loads(sealed)))
        except (BadSignature, ValidationError):
            continue
    return kept


def _seal(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(request.app.state.secret, salt="kept-file")
