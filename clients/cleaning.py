"""Cleaned copies: a file without what it says of its makers, for giving out; the original is never given.

What a person alone can judge is refused or warned of, not taken out: comments, tracked changes, hidden words.
"""

import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from typing import BinaryIO, cast

import pdfplumber
import pikepdf
from pdfminer.layout import LTChar, LTRect
from PIL import Image, ImageOps

from clients.inspection import DAMAGED, IMAGE_TROUBLE, OFFICE, PROTECTED, ZIP_TROUBLE, FileRefused

MOST_PAGES = 100
"""Pages of a PDF that are looked through for words under boxes."""
PERSONAL = re.compile(r"docProps/(core|app|custom)\.xml|.*/(people|persons/person\d*)\.xml", re.IGNORECASE)
COMMENTS = re.compile(
    r".*/(comments?\d*|commentsExtended|threadedComments?/.*|comments/.*)\.xml", re.IGNORECASE
)
REVISIONS = re.compile(r"xl/revisions/.*", re.IGNORECASE)
TRACKED = re.compile(rb"<w:(ins|del|moveFrom|moveTo|rPrChange|pPrChange|tblPrChange|sectPrChange)[ >]")
VANISHED = re.compile(rb"<w:vanish\s*/>")
HIDDEN_SHEET = re.compile(rb'<(\w+:)?sheet [^>]*state="(hidden|veryHidden)"')
HIDDEN_SLIDE = re.compile(rb'<p:sld [^>]*show="(0|false)"')
ROOT = re.compile(rb"\s*(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*<([\w:.-]+)((\s[^<>]*?)?)/?>", re.DOTALL)
THEN = (1980, 1, 1, 0, 0, 0)
"""The oldest day that a zip can say: when a part was written is nobody's business."""
REMARKS = {
    "/Text",
    "/FreeText",
    "/Highlight",
    "/Underline",
    "/StrikeOut",
    "/Squiggly",
    "/Stamp",
    "/Ink",
    "/Popup",
}
RUNS = ("/OpenAction", "/AA", "/PieceInfo", "/Metadata")

TRACKED_CHANGES = FileRefused(
    code="tracked_changes",
    message="The file holds tracked changes. Accept or reject them all, or ask for a version without them",
)
COMMENTED = FileRefused(
    code="comments", message="The file holds comments. Delete them, or ask for a version without them"
)


@dataclass(frozen=True)
class Cleaned:
    """What was taken out of the copy, and what a person has to look at before it is given out."""

    taken_out: tuple[str, ...]
    warnings: tuple[str, ...]


def clean(file: BinaryIO, copy: BinaryIO, media_type: str) -> Cleaned | FileRefused:
    """Write the cleaned copy of a file; the same file gives the same copy. Or why there can be none."""
    file.seek(0)
    if media_type == "application/pdf":
        return _pdf(file, copy)
    if media_type.startswith(OFFICE):
        return _office(file, copy)
    if media_type.startswith("image/"):
        return _image(file, copy)
    shutil.copyfileobj(file, copy)
    return Cleaned((), ())


def _pdf(file: BinaryIO, copy: BinaryIO) -> Cleaned | FileRefused:
    try:
        warnings = _hidden_in(file)
        with pikepdf.open(file) as pdf:
            taken = _strip(pdf)
            if _remarks(pdf):
                warnings = (*warnings, "It holds notes or marks that somebody put on its pages. Read them.")
            pdf.save(copy, deterministic_id=True)
    except pikepdf.PasswordError:
        return PROTECTED
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a damaged PDF makes the readers raise whatever they meet
        return DAMAGED
    return Cleaned(tuple(taken), warnings)


def _strip(pdf: pikepdf.Pdf) -> list[str]:
    """Take out of a PDF what it says of its makers, what is attached and what runs; that, in words."""
    taken = []
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
        taken.append("Who made it, when, and with which program")
    if len(pdf.attachments):
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        taken.append("Files that were attached to it")
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        del names["/JavaScript"]
        taken.append("A program that would run in it")
    if sum(_stripped(one) for one in pdf.objects):
        taken.append("What programs noted in it for themselves (XMP and the like)")
    return taken


def _stripped(one: pikepdf.Object) -> int:
    """How much was taken out of one object of a PDF."""
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return 0
    found = [name for name in RUNS if name in one]
    for name in found:
        del one[name]
    return len(found)


def _remarks(pdf: pikepdf.Pdf) -> bool:
    for page in pdf.pages:
        notes = page.get("/Annots")
        if notes is not None and any(str(one.get("/Subtype")) in REMARKS for one in notes):
            return True
    return False


def _hidden_in(file: BinaryIO) -> tuple[str, ...]:
    """Warnings of words that a filled box was drawn over: they are covered, not gone."""
    found, more = [], False
    with pdfplumber.open(cast("io.BytesIO", file)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            if number > MOST_PAGES:
                more = True
                break
            if _covered(list(page.layout)):
                found.append(str(number))
            page.close()
    file.seek(0)
    said = []
    if found:
        where = f"page {found[0]}" if len(found) == 1 else f"pages {', '.join(found)}"
        said.append(f"On {where}, words lie under a box that covers them. They can still be copied out.")
    if more:
        said.append(f"Only the first {MOST_PAGES} pages were looked through for words under boxes.")
    return tuple(said)


def _covered(drawn: list[object]) -> bool:
    """Whether a filled box was drawn over letters that stood there before it; in the order of drawing."""
    letters: list[tuple[float, float]] = []
    for one in drawn:
        if isinstance(one, LTChar) and one.get_text().strip():
            letters.append(((one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2))
        elif (
            isinstance(one, LTRect)
            and one.fill
            and any(one.x0 < x < one.x1 and one.y0 < y < one.y1 for x, y in letters)
        ):
            return True
    return False


def _office(file: BinaryIO, copy: BinaryIO) -> Cleaned | FileRefused:
    try:
        with zipfile.ZipFile(file) as parts, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as made:
            return _rewritten(parts, made)
    except ZIP_TROUBLE:
        return DAMAGED


def _rewritten(parts: zipfile.ZipFile, made: zipfile.ZipFile) -> Cleaned | FileRefused:
    names = [one.filename for one in parts.infolist()]
    if any(COMMENTS.fullmatch(one) for one in names):
        return COMMENTED
    if any(REVISIONS.fullmatch(one) for one in names):
        return TRACKED_CHANGES
    warnings: dict[str, None] = {}
    emptied = False
    for part in parts.infolist():
        content = parts.read(part)
        if TRACKED.search(content) and part.filename.startswith("word/"):
            return TRACKED_CHANGES
        if PERSONAL.fullmatch(part.filename):
            content, emptied = _emptied(content), True
        warnings |= dict.fromkeys(_hidden_parts(part.filename, content))
        made.writestr(zipfile.ZipInfo(part.filename, THEN), content, zipfile.ZIP_DEFLATED)
    taken = ("Who made and changed it, when, and for which company",) if emptied else ()
    return Cleaned(taken, tuple(warnings))


def _hidden_parts(name: str, content: bytes) -> list[str]:
    """Warnings of what is in a part and does not show."""
    found = []
    if name == "xl/workbook.xml" and HIDDEN_SHEET.search(content):
        found.append("A sheet of it is hidden. Look at it, or take it out.")
    if name.startswith("word/") and VANISHED.search(content):
        found.append("Some of its words are hidden. Have them shown and look.")
    if name.startswith("ppt/notesSlides/") and name.endswith(".xml"):
        found.append("Slides have speaker's notes. Read them.")
    if name.startswith("ppt/slides/") and HIDDEN_SLIDE.search(content):
        found.append("A slide of it is hidden. Look at it, or take it out.")
    return found


def _emptied(content: bytes) -> bytes:
    """The same XML part with nothing in its root."""
    root = ROOT.match(content)
    if root is None:
        raise zipfile.BadZipFile
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><%s%s/>' % (root[3], root[4])


def _image(file: BinaryIO, copy: BinaryIO) -> Cleaned | FileRefused:
    try:
        with Image.open(file, formats=["PNG", "JPEG"]) as image:
            taken = ("Where, when and with what it was taken (EXIF)",) if len(image.getexif()) else ()
            if image.format == "PNG":
                _plain(ImageOps.exif_transpose(image)).save(copy, "PNG", optimize=False)
            elif image.getexif().get(0x0112, 1) == 1:
                _plain(image).save(copy, "JPEG", quality="keep")
            else:  # only the note in it says which way is up
                _plain(ImageOps.exif_transpose(image)).save(copy, "JPEG", quality=95)
    except IMAGE_TROUBLE:
        return DAMAGED
    return Cleaned(taken, ())


def _plain(image: Image.Image) -> Image.Image:
    """The image without its notes, but for the colours that it means."""
    image.load()
    for name in [
        one
        for one in image.info
        if one
        not in (
            "icc_profile",
            "transparency",
            "gamma",
            "dpi",
            "jfif_density",
            "jfif_unit",
            "adobe",
            "adobe_transform",
            "jfif",
            "jfif_version",
        )
    ]:
        del image.info[name]
    return image
