"""The files that an office writes itself, read before anything starts."""

from collections.abc import Callable
from pathlib import Path

from reference.forums import forums_of
from reference.places import FileError
from reference.starts import starts_of
from reference.triggers import promises_of

READS: dict[str, Callable[[Path | None], object]] = {
    "forums_file": forums_of,
    "promises_file": promises_of,
    "starts_file": starts_of,
}
"""By the setting that names each."""


def check(chosen: object, prefix: str, wrong: type[Exception]) -> None:
    """Read each of them that some settings name.

    Raises: wrong: one of them cannot be used; the message begins with its variable.
    """
    for setting, read in READS.items():
        try:
            read(getattr(chosen, setting))
        except FileError as why:
            raise wrong(f"{prefix}{setting.upper()} cannot be used. {why}") from None
