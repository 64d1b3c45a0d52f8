"""Which files are taken, and why the others are not."""

import io
import tempfile
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from clients.inspection import (
    BOMB,
    DAMAGED,
    EMPTY,
    MACROS,
    OFFICE,
    PROTECTED,
    WRONG_TYPE,
    FileRefused,
    inspect,
    too_large,
)

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def pdf(password: str = "", pages: int = 1) -> bytes:
    """A PDF, protected where a password is given."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    out = io.BytesIO()
    protection = pikepdf.Encryption(owner=password, user=password) if password else None
    made.save(out, encryption=protection or False)
    return out.getvalue()


def office(kind: str, extra: str = "", types: str = "") -> bytes:
    """The smallest zip that is an Office file of a kind."""
    part, main = MAIN[kind]
    content = types or (
        f'<Types><Override PartName="/{part}" ContentType="{OFFICE}{main}.main+xml"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", content)
        parts.writestr(part, "<x/>")
        if extra:
            parts.writestr(extra, b"\x00")
    return out.getvalue()


def encrypted_office() -> bytes:
    """What Word saves with a password: an OLE file that holds an encrypted package."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return head + bytes(4096) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def encrypted_zip() -> bytes:
    """A zip whose entries say that they are encrypted."""
    content = bytearray(office("docx"))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(signature)
        while found >= 0:
            content[found + at] |= 1
            found = content.find(signature, found + 4)
    return bytes(content)


def image(form: str) -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(out, form)
    return out.getvalue()


def looked_at(content: bytes, name: str) -> str | FileRefused:
    """What the inspection says about a file."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return inspect(file, name)


@pytest.mark.parametrize(
    ("make", "name", "media_type"),
    [
        (pdf, "Paper 1.PDF", "application/pdf"),
        (lambda: office("docx"), "a.docx", f"{OFFICE}wordprocessingml.document"),
        (lambda: office("xlsx"), "a.xlsx", f"{OFFICE}spreadsheetml.sheet"),
        (lambda: office("pptx"), "a.pptx", f"{OFFICE}presentationml.presentation"),
        (lambda: b"area,number\nWorcester,3\n", "a.csv", "text/csv"),
        (lambda: "cost £3".encode("cp1252"), "a.csv", "text/csv"),
        (lambda: b"\xef\xbb\xbfa,b\r\n1,2", "a.csv", "text/csv"),
        (lambda: "Llanymynech ŵ".encode("utf-16"), "a.txt", "text/plain"),
        (lambda: b"MZ and BM and ID3 are only words here", "a.txt", "text/plain"),
        (lambda: image("PNG"), "a.png", "image/png"),
        (lambda: image("JPEG"), "a.jpg", "image/jpeg"),
        (lambda: image("JPEG"), "a.jpeg", "image/jpeg"),
    ],
)
def test_each_allowed_kind_is_taken(make: Callable[[], bytes], name: str, media_type: str) -> None:
    """Files of the kinds that the page names are taken, with their media type."""
    assert looked_at(make(), name) == media_type


@pytest.mark.parametrize(
    ("make", "name", "refused"),
    [
        (lambda: b"", "a.pdf", EMPTY),
        (lambda: b"", "a.txt", EMPTY),
        (lambda: pdf("secret"), "a.pdf", PROTECTED),
        (encrypted_office, "a.docx", PROTECTED),
        (encrypted_office, "a.xlsx", PROTECTED),
        (encrypted_zip, "a.docx", PROTECTED),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048), "a.docx", WRONG_TYPE),
        (lambda: office("docx"), "a.xlsx", WRONG_TYPE),
        (lambda: office("xlsx", extra="xl/vbaProject.bin"), "a.xlsx", MACROS),
        (
            lambda: office(
                "docx", types='<x ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
            ),
            "a.docx",
            MACROS,
        ),
        (lambda: office("docx")[:-10], "a.docx", DAMAGED),
        (lambda: office("docx")[:60], "a.docx", DAMAGED),
        (lambda: b"PK\x03\x04" + bytes(100), "a.docx", DAMAGED),
        (lambda: b"%PDF-1.7\nnothing", "a.pdf", DAMAGED),
        (lambda: pdf(pages=0), "a.pdf", DAMAGED),
        (lambda: b"not a pdf", "a.pdf", WRONG_TYPE),
        (pdf, "a.docx", WRONG_TYPE),
        (pdf, "a.txt", WRONG_TYPE),
        (lambda: image("PNG"), "a.jpg", WRONG_TYPE),
        (lambda: image("PNG")[:40], "a.png", DAMAGED),
        (lambda: image("GIF"), "a.png", WRONG_TYPE),
        (lambda: b"a\x00b", "a.txt", WRONG_TYPE),
        (lambda: b"a\x81\x8d\x01", "a.csv", WRONG_TYPE),
        (lambda: b"  <!DOCTYPE html><p>", "a.txt", WRONG_TYPE),
        (lambda: b"\xef\xbb\xbf<script>x</script>", "a.csv", WRONG_TYPE),
        (lambda: b"#!/bin/sh\nrm -rf", "a.txt", WRONG_TYPE),
        (lambda: b"<?php system($_GET[0]);", "a.txt", WRONG_TYPE),
        (lambda: b"MZ" + bytes(200), "a.exe", WRONG_TYPE),
        (lambda: b"MZ" + bytes(200), "a.txt", WRONG_TYPE),
        (lambda: b"<svg xmlns='x'/>", "a.svg", WRONG_TYPE),
        (lambda: b"text", "no-ending", WRONG_TYPE),
        (lambda: b"text", "a.pdf.exe", WRONG_TYPE),
    ],
)
def test_everything_else_is_refused_with_its_reason(
    make: Callable[[], bytes], name: str, refused: FileRefused
) -> None:
    """Empty, protected, damaged, wrong or armed files each get their own sentence."""
    assert looked_at(make(), name) == refused


def test_an_office_file_with_an_enormous_list_of_parts_is_not_opened() -> None:
    """A zip that would fill the memory with its list of parts is called damaged."""
    content = bytearray(office("docx"))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    assert looked_at(bytes(content), "a.docx") == DAMAGED


def test_an_office_file_that_unpacks_to_far_more_than_a_document_is_refused() -> None:
    """A zip bomb is known by what its parts say of themselves; nothing is unpacked."""
    out = io.BytesIO(office("docx"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/image1.bin", bytes(11_000_000))
    assert looked_at(out.getvalue(), "a.docx") == BOMB
    assert looked_at(office("docx", "word/media/small.bin"), "a.docx") == f"{OFFICE}wordprocessingml.document"


def test_the_sentences_are_those_of_the_design_system() -> None:
    """The page can show them as they are."""
    assert too_large(50_000_000).message == "The selected file must be smaller than 50MB"
    assert EMPTY.message == "The selected file is empty"
    assert PROTECTED.message == "The selected file is password protected"
    assert WRONG_TYPE.message == (
        "The selected file must be a PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG file"
    )
