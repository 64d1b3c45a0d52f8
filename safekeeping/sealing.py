"""A backup as it lies: its parts, its manifest, and the digest that seals it."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from schemas.backups import Check, Manifest, Part, ShelvedPart
from schemas.shape import Shape

MANIFEST, SEAL = "manifest.json", "SEAL"
DATABASE, STATE = "database.dump", "temporal/state.db"
HEADS, RUNS, FILES, SHELF = "heads.jsonl", "runs.jsonl", "files.jsonl", "files"
BEGUN = ".making-"
"""What the name of a backup begins with that is not whole yet, or never became so."""
MOST_SAID = 20
Line = TypeVar("Line", bound=Shape)


class BackupWrongError(Exception):
    """This is no backup that can be used; the message says why and what to do."""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def part_of(folder: Path, path: str) -> Part:
    """One file of a backup, measured."""
    file = folder / path
    return Part(path=path, size=file.stat().st_size, sha256=digest_of(file))


def write_lines(file: Path, lines: Iterable[Shape]) -> None:
    """Write shapes to a file, one a line."""
    with file.open("x", encoding="utf-8") as opened:
        opened.writelines(one.model_dump_json() + "\n" for one in lines)


def read_lines(file: Path, shape: type[Line]) -> list[Line]:
    """The shapes in a file."""
    return [shape.model_validate_json(one) for one in file.read_text(encoding="utf-8").splitlines()]


def seal(folder: Path, manifest: Manifest) -> str:
    """Write the manifest and what seals it; the seal."""
    file = folder / MANIFEST
    file.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    found = digest_of(file)
    (folder / SEAL).write_text(found + "\n", encoding="ascii")
    return found


def read(folder: Path, known: str | None = None) -> tuple[Manifest, str]:
    """The manifest of a backup and its seal; with a seal that somebody kept, that one has to be it.

    Raises: BackupWrongError: it is none, or not whole, or another than was sealed.
    """
    if folder.name.startswith(BEGUN):
        raise BackupWrongError(f"{folder} was broken off and never became whole. Take another.")
    file = folder / MANIFEST
    if not file.is_file() or not (folder / SEAL).is_file():
        raise BackupWrongError(f"{folder} is no whole backup: {MANIFEST} or {SEAL} is missing. Take another.")
    found, written = digest_of(file), (folder / SEAL).read_text(encoding="ascii", errors="replace").strip()
    if found != written or known not in (None, found):
        raise BackupWrongError(
            f"The manifest of {folder} is not the one that was sealed. Do not restore it; take another."
        )
    try:
        return Manifest.model_validate_json(file.read_text(encoding="utf-8")), found
    except ValidationError:
        raise BackupWrongError(
            f"The manifest of {folder} is of another kind than this product writes. Restore it with the "
            "product that made it, and bring that up to date then."
        ) from None


def shelved(folder: Path) -> list[ShelvedPart]:
    """The files of the shelf that a backup has."""
    return read_lines(folder / FILES, ShelvedPart)


def parts_check(folder: Path, manifest: Manifest) -> Check:
    """Whether every file of the backup is there and as it was."""
    wrong = [why for one in manifest.parts if (why := _wrong(folder, one))]
    files = [] if wrong else shelved(folder)
    wrong += [why for one in files if (why := _wrong(folder / SHELF, one))]
    if not wrong and (len(files), sum(one.size for one in files)) != (manifest.files, manifest.files_bytes):
        wrong.append("there are not as many files as the manifest says")
    said = f"{len(manifest.parts)} parts and {len(files):,} files of the shelf"
    return Check(what="digests", found=said, wrong=_some(wrong))


def _wrong(folder: Path, part: Part) -> str | None:
    file = folder / part.path
    if not file.is_file():
        return f"{part.path} is missing"
    if file.stat().st_size != part.size or digest_of(file) != part.sha256:
        return f"{part.path} is not as it was"
    return None


def _some(wrong: Sequence[str]) -> tuple[str, ...]:
    more = len(wrong) - MOST_SAID
    return (*wrong[:MOST_SAID], *([f"and {more:,} more"] if more > 0 else []))


def whole_backups(folder: Path) -> list[Path]:
    """The backups in a folder, oldest first; what was broken off is not among them."""
    if not folder.is_dir():
        return []
    return sorted(
        one for one in folder.iterdir() if (one / MANIFEST).is_file() and not one.name.startswith(".")
    )


def broken_off(folder: Path) -> list[Path]:
    """What was begun in a folder and never became whole."""
    return sorted(folder.glob(f"{BEGUN}*")) if folder.is_dir() else []
