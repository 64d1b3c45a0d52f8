"""What each kind of cycle begins with, read once and checked while it is read."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from reference.catalogue import FOLDER
from reference.places import FileError
from schemas.starts import Start

STARTS: TypeAdapter[tuple[Start, ...]] = TypeAdapter(tuple[Start, ...])


@cache
def starts(file: Path = FOLDER / "starts.yaml") -> dict[str, Start]:
    """What each kind begins with, by the kind's id.

    Raises: FileError: something is missing or cannot be meant; the message names the file and the place.
    """
    try:
        found = STARTS.validate_python(yaml.safe_load(file.read_text(encoding="utf8")))
    except (yaml.YAMLError, ValidationError) as wrong:
        raise FileError(f"{file.name}: {_where(wrong)}") from None
    kinds = [one.kind for one in found]
    if len(set(kinds)) != len(kinds):
        raise FileError(f"{file.name}: a kind stands here twice: {', '.join(kinds)}.")
    return {one.kind: one for one in found}


def _where(wrong: Exception) -> str:
    if not isinstance(wrong, ValidationError):
        return "this is not YAML. See reference/starts.yaml for an example."
    first = wrong.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    return f"{place} cannot be used. See reference/starts.yaml for an example."
