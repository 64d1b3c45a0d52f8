"""Packs of cycles in memory, and what a test looks for in them."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from handover.archive import ZipArchive
from handover.gathering import Made
from handover.pack import Sources, Told, pack
from schemas.evidence import FileItem, WrittenItem
from schemas.outcomes import Receipt
from tests import scenario as s
from tests.rules.request_acts import claim_sensitive
from tests.web.memory import NOW, Memory, MemoryDesk, MemoryReads
from tests.web.shelf import MemoryShelf

REF, OTHER = "HTA-2026-01", "HTA-2026-02"
DAY = date(2026, 11, 23)
PAPER = b"%PDF-1.7 evidence of the force"
DIGEST = hashlib.sha256(PAPER).hexdigest()
VOID = {"meta", "link", "br", "hr", "img", "input"}
ONCE = {"html", "head", "title", "body", "main", "h1"}


@dataclass
class Stand:
    """A cycle with a file and a claim, and a shelf that holds the file."""

    memory: Memory = field(default_factory=Memory)
    shelf: MemoryShelf = field(default_factory=MemoryShelf)

    @property
    def sources(self) -> Sources:
        """Where packs are made from."""
        return Sources(MemoryReads(self.memory), self.shelf)


async def stand(*references: str) -> Stand:
    """Cycles whose first request is answered with a file and a note that is claimed sensitive."""
    found = Stand()
    desk = MemoryDesk(found.memory)
    file = FileItem(
        digest=DIGEST, size=len(PAPER), media_type="application/pdf", name=s.say("Répönse 1/2.pdf")
    )
    note = WrittenItem(text=s.say("SECRET PLACE"))
    found.shelf.files[DIGEST] = PAPER
    for reference in references or (REF,):
        claim = claim_sensitive(s.date_after(NOW, 60), item=2).model_copy(update={"cycle": reference})
        for command in (
            s.open_cycle(reference, NOW, question=s.say("=1+1 <script>alert(1)</script>?")),
            s.submit(reference, items=(file, note)),
            claim,
        ):
            outcome = await desk.send(command, s.WORDS)
            assert isinstance(outcome, Receipt), outcome
    found.memory.words |= s.WORDS.kept
    return found


async def packed(
    where: Stand, *references: str, full: bool = True, together: bool = False
) -> tuple[bytes, Told]:
    """The bytes of a pack as they would be sent, and what became of it."""
    told, made = Told(), Made("Policy officer", DAY, full, "Commissioner")
    asked: Sequence[str] = references or (REF,)
    pieces = pack(asked, where.sources, ZipArchive(DAY), made, told, together=together)
    return b"".join([piece async for piece in pieces]), told


def opened(data: bytes) -> dict[str, bytes]:
    """The files of a pack by their names; the zip is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {one: found.read(one) for one in found.namelist()}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in its order, and every id is there once."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"
        assert len(self.ids) == len(set(self.ids))
        assert all(self.tags.count(one) == 1 for one in ONCE), (
            "html, head, title, body, main and h1 once each"
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more element that is open."""
        self.tags.append(tag)
        facts = dict(attrs)
        assert tag not in ("script", "iframe", "object"), "a pack runs nothing"
        assert not {"src", "onclick", "onload"} & set(facts), "a pack fetches nothing"
        self.ids += [one for one in (facts.get("id"),) if one]
        self.links += [one for one in (facts.get("href"),) if one]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The last element that is open is closed."""
        assert self.open, f"</{tag}> without its beginning"
        assert self.open.pop() == tag
