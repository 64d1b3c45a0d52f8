"""Inspection: whether a file that was sent is what its name says, and may be kept.

Nothing is unpacked or decoded whole. This is no virus scan: a harmful file of an allowed kind passes here,
and is held until a scanner has looked at it (clients.clamd).
"""

import codecs
import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

import pikepdf
import puremagic
from PIL import Image

from schemas.shape import Shape

MEGABYTE = 1_000_000
LONGEST_NAME = 200
MOST_UNPACKED, MOST_RATIO, SMALL = 1_000 * MEGABYTE, 200, 10 * MEGABYTE
"""Bytes that the parts of an Office file may unpack to; how often their packed size, but for small ones."""
UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters of a name that cannot be seen, or that turn its direction so that it seems to end otherwise."""
OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MOST_OF_A_DIRECTORY = 4 * MEGABYTE
"""Bytes of a zip's list of parts: a longer one costs hundreds of times its size in memory."""

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
PROGRAM = re.compile(rb"\s*(#!|<\?php|<!doctype html|<(html|head|body|script|svg|iframe)\b)", re.IGNORECASE)
DOCUMENTS = (b"%PDF-", b"%!PS", b"{\\rtf")
"""Documents that consist of printable characters and so pass for text."""
SURE = 0.5
"""How sure the cross-check must be: below this it takes any text that begins with MZ for a program."""
PROGRAMS = {".html", ".htm", ".exe", ".dll", ".py", ".sh", ".js", ".php", ".svg", ".bat", ".ps1", ".jar"}

IMAGE_TROUBLE = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
ZIP_TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,  # what zipfile raises for a packing method that it does not know
    RuntimeError,
    struct.error,
)


class FileRefused(Shape):
    """Why a file is not taken: a code for programs and a sentence for the page."""

    code: str
    message: str


EMPTY = FileRefused(code="empty", message="The selected file is empty")
PROTECTED = FileRefused(code="password_protected", message="The selected file is password protected")
WRONG_TYPE = FileRefused(
    code="wrong_type",
    message="The selected file must be a PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG file",
)
MACROS = FileRefused(code="macros", message="The selected file must not contain macros")
BOMB = FileRefused(
    code="unpacks_too_large",
    message="The selected file unpacks to far more than a document holds. Save it again and select that"
    " version",
)
NAME_TOO_LONG = FileRefused(
    code="name_too_long",
    message=f"The name of the selected file must be {LONGEST_NAME} characters or fewer. Rename it",
)
NAME_UNSHOWN = FileRefused(
    code="name_unshown",
    message="The name of the selected file must not have hidden characters in it. Rename it",
)
NAME_WITH_PATH = FileRefused(
    code="name_with_path", message="The name of the selected file must not have / or \\ in it. Rename it"
)
DAMAGED = FileRefused(code="damaged", message="The selected file cannot be opened, it may be damaged")


def too_large(limit: int) -> FileRefused:
    """The refusal of a file that is larger than the limit.

    Units: bytes.
    """
    message = f"The selected file must be smaller than {max(1, limit // MEGABYTE)}MB"
    return FileRefused(code="too_large", message=message)


@dataclass(frozen=True)
class Kind:
    """One kind of file that is taken: its media type and how it is looked at."""

    media_type: str
    look: Callable[[BinaryIO], FileRefused | None]


def name_refused(name: str) -> FileRefused | None:
    """Why a file's name is not taken; None where it is.

    Units: characters.
    """
    if len(name) > LONGEST_NAME:
        return NAME_TOO_LONG
    if UNSHOWN.search(name):
        return NAME_UNSHOWN
    return NAME_WITH_PATH if "/" in name or "\\" in name else None


def kind_of(name: str) -> Kind | None:
    """The kind that a file's name promises; None if it is not one that we take."""
    return KINDS.get(PurePath(name.strip()).suffix.lower())


def inspect(file: BinaryIO, name: str) -> str | FileRefused:
    """The media type of a file, or why it is not taken."""
    kind = kind_of(name)
    if kind is None:
        return WRONG_TYPE
    head = _head(file)
    if not head:
        return EMPTY
    if _looks_like_a_program(head):
        return WRONG_TYPE
    return kind.look(file) or kind.media_type


def _head(file: BinaryIO, length: int = 4096) -> bytes:
    file.seek(0)
    head = file.read(length)
    file.seek(0)
    return head


def _looks_like_a_program(head: bytes) -> bool:
    if PROGRAM.match(head.removeprefix(codecs.BOM_UTF8)):
        return True
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    return any(one.extension in PROGRAMS and one.confidence >= SURE for one in found)


def _pdf(file: BinaryIO) -> FileRefused | None:
    if not _head(file).startswith(b"%PDF-"):
        return WRONG_TYPE
    try:
        with pikepdf.open(file) as pdf:
            return None if len(pdf.pages) else DAMAGED
    except pikepdf.PasswordError:
        return PROTECTED
    except (pikepdf.PdfError, ValueError, OSError):
        return DAMAGED


def _office(main_part: str) -> Callable[[BinaryIO], FileRefused | None]:
    def look(file: BinaryIO) -> FileRefused | None:
        head = _head(file)
        if head.startswith(OLE):
            return PROTECTED if _holds(file, ENCRYPTED_PACKAGE) else WRONG_TYPE
        if not head.startswith(b"PK\x03\x04"):
            return WRONG_TYPE
        if not _has_modest_directory(file):
            return DAMAGED
        try:
            with zipfile.ZipFile(file) as parts:
                return _parts(parts, main_part)
        except ZIP_TROUBLE:
            return DAMAGED

    return look


def _parts(parts: zipfile.ZipFile, main_part: str) -> FileRefused | None:
    entries = parts.infolist()
    if any(one.flag_bits & 1 for one in entries):
        return PROTECTED
    names = {one.filename for one in entries}
    if "[Content_Types].xml" not in names:
        return WRONG_TYPE
    with parts.open("[Content_Types].xml") as part:
        types = part.read(MEGABYTE)
    if any("vbaproject" in name.lower() for name in names) or b"macroEnabled" in types:
        return MACROS
    if _is_a_bomb(entries):
        return BOMB
    return None if f'"{OFFICE}{main_part}.main+xml"'.encode() in types.replace(b"'", b'"') else WRONG_TYPE


def _is_a_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether the parts say that they unpack to what no document needs; no more than that is unpacked."""
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    return unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_RATIO * packed)


def _has_modest_directory(file: BinaryIO) -> bool:
    """Whether the list of parts is of a size that an office program writes; the 64-bit form never is."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 16 > len(tail) or tail[max(0, end - 20) :].startswith(b"PK\x06\x07"):
        return False
    return int.from_bytes(tail[end + 12 : end + 16], "little") <= MOST_OF_A_DIRECTORY


def _holds(file: BinaryIO, mark: bytes) -> bool:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(mark) >= 0


def _image(form: str, signature: bytes) -> Callable[[BinaryIO], FileRefused | None]:
    def look(file: BinaryIO) -> FileRefused | None:
        if not _head(file).startswith(signature):
            return WRONG_TYPE
        try:
            with Image.open(file, formats=[form]) as image:
                image.verify()
        except IMAGE_TROUBLE:
            return DAMAGED
        return None

    return look


def _text(file: BinaryIO) -> FileRefused | None:
    head = _head(file)
    if head.startswith(DOCUMENTS):
        return WRONG_TYPE
    encodings = ["utf-8-sig", "cp1252"]  # Excel on Windows still saves CSV in the latter
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    return None if any(_decodes(file, one) for one in encodings) else WRONG_TYPE


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    while True:
        chunk = file.read(MEGABYTE)
        try:
            words = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            return False
        if CONTROLS.search(words):
            return False
        if not chunk:
            return True


JPEG = Kind("image/jpeg", _image("JPEG", b"\xff\xd8\xff"))

KINDS = {
    ".pdf": Kind("application/pdf", _pdf),
    ".docx": Kind(f"{OFFICE}wordprocessingml.document", _office("wordprocessingml.document")),
    ".xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", _office("spreadsheetml.sheet")),
    ".pptx": Kind(f"{OFFICE}presentationml.presentation", _office("presentationml.presentation")),
    ".csv": Kind("text/csv", _text),
    ".txt": Kind("text/plain", _text),
    ".png": Kind("image/png", _image("PNG", b"\x89PNG\r\n\x1a\n")),
    ".jpg": JPEG,
    ".jpeg": JPEG,
}
"""What is taken, by the end of the file's name. The content must agree with it."""
