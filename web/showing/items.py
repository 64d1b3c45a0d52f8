"""One item of evidence as the office sees it: what it is, where it stands, and what of it becomes public."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rules.publishing.withholding import withheld
from schemas.cycle import Cycle, FindingsVersion, Request, ReturnVersion, SensitivityClaim
from schemas.evidence import Item
from web.showing import words
from web.showing.differences import Row, differences

Say = Callable[[str | None], str]
KINDS = {"file": "File", "link": "Link", "written": "Written answer", "shown": "Shown at the meeting"}
TYPES = {
    "application/pdf": "PDF",
    "text/csv": "Table (CSV)",
    "text/plain": "Text",
    "image/png": "Picture (PNG)",
    "image/jpeg": "Picture (JPEG)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Workbook (XLSX)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Document (DOCX)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "Slides (PPTX)",
}
NAMES = {"file": "name", "written": "text", "link": "address", "shown": "what"}
"""The text that says what an item is, by its kind."""
LONGEST = 80


@dataclass(frozen=True)
class Standing:
    """An item where it stands: in which request, which version of its return, at which place."""

    request: Request
    version: ReturnVersion
    place: int
    item: Item

    @property
    def name(self) -> str:
        """Its address within its cycle, such as `1.2.1`."""
        return f"{self.request.number}.{self.version.version}.{self.place}"


@dataclass(frozen=True)
class Changes:
    """What changed between two versions of a return."""

    before: int
    added: tuple[str, ...]
    gone: tuple[str, ...]
    same: tuple[str, ...]
    texts: tuple[Row, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two hold the same."""
        return not (self.added or self.gone or any(one.changed for one in self.texts))


def standing(cycle: Cycle) -> Iterator[Standing]:
    """Every item of a cycle, in the order in which they came."""
    for request in cycle.requests:
        for version in request.returns:
            for place, item in enumerate(version.items, start=1):
                yield Standing(request, version, place, item)


def found(cycle: Cycle, name: str) -> Standing | None:
    """The item of an address: by its place, or a file by its fingerprint, the newest where it came twice."""
    every = list(standing(cycle))
    by_place = next((one for one in every if one.name == name), None)
    by_digest = [one for one in every if one.item.kind == "file" and one.item.digest == name]
    return by_place or next(iter(reversed(by_digest)), None)


def titled(item: Item, say: Say) -> str:
    """An item in a few words: its name, its address, or how it begins."""
    said = " ".join(say(getattr(item, NAMES[item.kind])).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def typed(item: Item) -> str:
    """What a thing is: the type of a file, as it was found to be, or the kind of anything else."""
    return TYPES.get(item.media_type, item.media_type) if item.kind == "file" else KINDS[item.kind]


def published(cycle: Cycle, one: Standing) -> tuple[str, str]:
    """What the public gets of an item, `public`, `withheld`, `claimed` or `open`, and why in a sentence."""
    claim = withheld(one.request, one.version.version, one.place)
    if claim:
        return _claimed(claim)
    taken = _taken_out(cycle.findings[-1] if cycle.findings else None, one)
    if taken:
        return "withheld", f"Taken out of the findings: {words.GROUNDS[taken]}."
    if cycle.published():
        return "public", "It is named in the published findings. The file itself is given out by the office."
    return "open", "It will be named in the findings when they are published."


def changes(before: ReturnVersion, after: ReturnVersion, say: Say) -> Changes:
    """What an answer holds that the one before did not, and the other way round; texts word by word."""
    old = {_mark(one): titled(one, say) for one in before.items}
    new = {_mark(one): titled(one, say) for one in after.items}
    return Changes(
        before=before.version,
        added=tuple(name for mark, name in new.items() if mark not in old),
        gone=tuple(name for mark, name in old.items() if mark not in new),
        same=tuple(name for mark, name in new.items() if mark in old),
        texts=tuple(differences(_written(before, say), _written(after, say))),
    )


def _claimed(claim: SensitivityClaim) -> tuple[str, str]:
    ground = words.GROUNDS[claim.ground]
    until = f"until {claim.until_on:%-d %B %Y}"
    if claim.upheld is None:
        return "claimed", f"The force claims it: {ground}, {until}. It stays out until that is decided."
    return "withheld", f"Withheld {until}: {ground}."


def _taken_out(newest: FindingsVersion | None, one: Standing) -> str | None:
    items = newest.redaction.items if newest and newest.redaction else ()
    place = (one.request.number, one.version.version, one.place)
    return next((it.ground for it in items if (it.request, it.version, it.item) == place), None)


def _mark(item: Item) -> str:
    """What makes two items the same: a file's bytes, or the words of anything else."""
    return item.digest if item.kind == "file" else str(getattr(item, NAMES[item.kind]))


def _written(version: ReturnVersion, say: Say) -> str:
    return "\n".join(say(one.text) for one in version.items if one.kind == "written")
