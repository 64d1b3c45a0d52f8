"""Where a pack is put: a new zip or an empty folder, there only once it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def trouble_with(to: Path) -> str | None:
    """Why a pack cannot be put there, in words; None where it can."""
    if to.suffix == ".zip" and to.exists():
        return f"{to} is there already and is not written over. Name a new file."
    if to.exists() and not to.is_dir():
        return f"{to} is a file. Name a folder, or a file that ends in .zip."
    if to.is_dir() and not os.access(to, os.R_OK | os.W_OK | os.X_OK):
        return f"{to} cannot be written to. Name another folder, or have this one opened to you."
    if to.is_dir() and any(to.iterdir()):
        return f"{to} is not empty, and nothing in it is written over. Name an empty or a new folder."
    nearest = next(one for one in to.absolute().parents if one.exists())
    if to.suffix == ".zip" and nearest != to.absolute().parent:
        return f"There is no folder {to.parent}. Make it first."
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return f"{nearest} cannot be written to. Name another place, or have this one opened to you."
    return None


@contextmanager
def placed(to: Path) -> Iterator[Path]:
    """A path beside the place to write to; moved to its place at the end, and gone where anything fails.

    Raises: FileExistsError: somebody else is writing there.
    """
    whole = to.absolute()
    part = whole.with_name(f".{whole.name}.part")
    whole.parent.mkdir(parents=True, exist_ok=True)
    if part.exists():
        raise FileExistsError(part)
    try:
        if whole.suffix != ".zip":
            part.mkdir()
        yield part
        part.rename(whole)
    except BaseException:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        part.unlink(missing_ok=True)
        raise


def open_new(path: Path) -> BinaryIO:
    """A new file to write bytes to."""
    return path.open("xb")
