"""What each kind of cycle begins with, read once and checked while it is read."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from reference.catalogue import FOLDER
from reference.places import FileError, text_of
from schemas.starts import Start

CLOCK = ("clock", "clock_asks", "clock_names")
STARTS: TypeAdapter[tuple[Start, ...]] = TypeAdapter(tuple[Start, ...])


@cache
def starts(file: Path = FOLDER / "starts.yaml") -> dict[str, Start]:
    """What each kind begins with, by the kind's id.

    Raises: FileError: something is missing or cannot be meant; the message names the file and the place.
    """
    try:
        found = STARTS.validate_python(yaml.safe_load(text_of(file)))
    except (yaml.YAMLError, ValidationError) as wrong:
        raise FileError(f"{file.name}: {_where(wrong)}") from None
    kinds = [one.kind for one in found]
    if len(set(kinds)) != len(kinds):
        raise FileError(f"{file.name}: a kind stands here twice: {', '.join(kinds)}.")
    return {one.kind: one for one in found}


def starts_of(file: Path | None) -> dict[str, Start]:
    """What each kind begins with in an office: as its own file has it, and the rest as it came.

    The clock of the law stays with the kind, whatever the file says.

    Raises: FileError: the file cannot be read, names a kind that there is not, or cannot be meant.
    """
    if file is None:
        return starts()
    own = starts(file)
    if unknown := sorted(set(own) - set(starts())):
        raise FileError(f"{file.name}: there is no kind {unknown[0]}. Write one of: {', '.join(starts())}.")
    return {**starts(), **{kind: _with_clock(one, starts()[kind]) for kind, one in own.items()}}


def _with_clock(own: Start, came: Start) -> Start:
    return own.model_copy(update={name: getattr(came, name) for name in CLOCK})


def _where(wrong: Exception) -> str:
    if not isinstance(wrong, ValidationError):
        return "this is not YAML. See reference/starts.yaml for an example."
    first = wrong.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    return f"{place} cannot be used. See reference/starts.yaml for an example."
