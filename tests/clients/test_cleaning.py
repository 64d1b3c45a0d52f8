"""Copies for giving out: what is taken out of them, what is warned of, and what is refused."""

import io
import zipfile
from collections.abc import AsyncIterator

import pikepdf
import pytest
from PIL import Image

from clients.cleaning import COMMENTED, TRACKED_CHANGES, Cleaned, clean
from clients.copies import Copies, Copy
from clients.inspection import DAMAGED, OFFICE, FileRefused

WORD = f"{OFFICE}wordprocessingml.document"
SHEET = f"{OFFICE}spreadsheetml.sheet"
SLIDES = f"{OFFICE}presentationml.presentation"
SECRET = "Somebody Who Wrote It"


def cleaned(content: bytes, media_type: str) -> tuple[Cleaned | FileRefused, bytes]:
    """What is said of a file, and its copy."""
    copy = io.BytesIO()
    return clean(io.BytesIO(content), copy, media_type), copy.getvalue()


def drawn(*steps: str) -> bytes:
    """A PDF of one page with a title, an author, and what is drawn on it step by step."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.add_blank_page()
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream("\n".join(steps).encode())
    pdf.docinfo["/Author"] = SECRET
    with pdf.open_metadata() as noted:
        noted["dc:creator"] = [SECRET]
    pdf.attachments["note.txt"] = SECRET.encode()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


WORDS, BOX = "BT /F1 12 Tf 40 100 Td (Name of a witness) Tj ET", "0 g 30 90 300 40 re f"


def office(*parts: tuple[str, str]) -> bytes:
    """A zip of parts, with a part that says who made it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("docProps/core.xml", f'<?xml version="1.0"?><cp:x xmlns:cp="u"><a>{SECRET}</a></cp:x>')
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def test_a_pdf_says_nothing_of_its_makers_and_keeps_its_words() -> None:
    """Author, XMP and attachments are gone; the same file gives the same copy."""
    said, copy = cleaned(drawn(WORDS), "application/pdf")
    assert isinstance(said, Cleaned)
    assert (len(said.taken_out), said.warnings) == (3, ())
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        assert len(pdf.attachments) == 0
        assert b"Name of a witness" in pdf.pages[0].Contents.read_bytes()
    assert SECRET.encode() not in copy
    assert cleaned(drawn(WORDS), "application/pdf")[1] == copy


def test_words_under_a_box_are_warned_of_and_words_on_one_are_not() -> None:
    """What counts is which was drawn later: a covered word can be copied out."""
    covered, _ = cleaned(drawn(WORDS, BOX), "application/pdf")
    headed, _ = cleaned(drawn(BOX, "1 g", WORDS), "application/pdf")
    beside, _ = cleaned(drawn(WORDS, "0 g 30 400 300 40 re f"), "application/pdf")
    assert isinstance(covered, Cleaned)
    assert covered.warnings == (
        "On page 1, words lie under a box that covers them. They can still be copied out.",
    )
    assert isinstance(headed, Cleaned)
    assert isinstance(beside, Cleaned)
    assert headed.warnings == beside.warnings == ()


@pytest.mark.parametrize(
    ("media_type", "part", "refused"),
    [
        (WORD, ("word/comments.xml", "<w:comments/>"), COMMENTED),
        (SHEET, ("xl/threadedComments/threadedComment1.xml", "<x/>"), COMMENTED),
        (SLIDES, ("ppt/comments/comment1.xml", "<x/>"), COMMENTED),
        (WORD, ("word/document.xml", '<w:p><w:ins w:id="1"/></w:p>'), TRACKED_CHANGES),
        (WORD, ("word/footnotes.xml", '<w:p><w:del w:id="1"/></w:p>'), TRACKED_CHANGES),
        (SHEET, ("xl/revisions/revisionLog1.xml", "<x/>"), TRACKED_CHANGES),
    ],
)
def test_comments_and_tracked_changes_are_for_a_person_to_settle(
    media_type: str, part: tuple[str, str], refused: FileRefused
) -> None:
    """No copy is made of a file that holds them."""
    assert cleaned(office(part), media_type)[0] == refused


def test_an_office_file_loses_its_makers_and_keeps_the_rest() -> None:
    """Its part of properties is there and empty; hidden sheets, words, slides and notes are warned of."""
    said, copy = cleaned(office(("word/document.xml", "<w:p>Kept <w:vanish/></w:p>")), WORD)
    assert isinstance(said, Cleaned)
    assert said.taken_out == ("Who made and changed it, when, and for which company",)
    assert said.warnings == ("Some of its words are hidden. Have them shown and look.",)
    with zipfile.ZipFile(io.BytesIO(copy)) as parts:
        assert parts.read("word/document.xml") == b"<w:p>Kept <w:vanish/></w:p>"
        assert parts.read("docProps/core.xml").endswith(b'<cp:x xmlns:cp="u"/>')
    for media_type, name, content in (
        (SHEET, "xl/workbook.xml", '<sheet name="a" state="veryHidden"/>'),
        (SLIDES, "ppt/notesSlides/notesSlide1.xml", "<x/>"),
        (SLIDES, "ppt/slides/slide1.xml", '<p:sld xmlns:p="u" show="0"/>'),
    ):
        warned, _ = cleaned(office((name, content)), media_type)
        assert isinstance(warned, Cleaned)
        assert len(warned.warnings) == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_forgets_where_it_was_taken_and_stays_the_right_way_up(form: str) -> None:
    """No note is left in it, and one that lay on its side by a note is turned."""
    notes = Image.Exif()
    notes[0x010E], notes[0x0112] = SECRET, 6
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(out, form, exif=notes)
    said, copy = cleaned(out.getvalue(), f"image/{form.lower()}")
    assert isinstance(said, Cleaned)
    assert said.taken_out
    assert SECRET.encode() not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert len(image.getexif()) == 0
        assert image.size == (10, 20)


@pytest.mark.parametrize("media_type", ["application/pdf", WORD, "image/png"])
def test_what_cannot_be_read_gives_no_copy(media_type: str) -> None:
    """Nothing half-cleaned is ever given out."""
    assert cleaned(b"%PDF-1.7 nothing", media_type)[0] == DAMAGED


async def test_a_copy_is_made_beside_whoever_asks() -> None:
    """It has a fingerprint of its own, and plain text goes as it is."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"area,number\n"

    made = await Copies().copy(pieces(), "text/csv")
    assert isinstance(made, Copy)
    assert b"".join([one async for one in made.pieces()]) == b"area,number\n"
    assert made.size == len(b"area,number\n")
