"""Local standards from a file: read, checked, and refused with the file, the kind and the field."""

from typing import Any

import yaml
from pydantic import ValidationError

from reference.places import FileError
from rules.standards import fault
from schemas.standards import Standards


def standards_in(text: str, name: str) -> tuple[Standards, ...]:
    """The standards of the kinds in a file: a list of kinds, or one kind.

    Raises: FileError: something is missing or cannot be meant; the message names file, kind and field.
    """
    try:
        facts: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        raise FileError(f"{name}: this is not YAML. See reference/kinds.yaml for an example.") from None
    every = facts if isinstance(facts, list) else [facts]
    if not every or not all(isinstance(one, dict) for one in every):
        raise FileError(f"{name}: write the standards of one kind or more, as in reference/kinds.yaml.")
    found = tuple(_one(one, name) for one in every)
    ids = [one.id for one in found]
    if len(set(ids)) != len(ids):
        raise FileError(f"{name}: a kind stands here twice: {', '.join(ids)}.")
    return found


def _one(facts: dict[str, Any], name: str) -> Standards:
    kind = str(facts.get("id", "a kind without id"))
    try:
        made = Standards.model_validate(facts)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise FileError(f"{name}, {kind}, {where}: {plain(first['type'], first['msg'])}.") from None
    if found := fault(made):
        raise FileError(f"{name}, {kind}, {found[0]}: {found[1]}.")
    return made


def plain(kind: str, words: str) -> str:
    """What is wrong with a value, in the words of this product where it has some."""
    said = {
        "missing": "this is missing",
        "string_pattern_mismatch": 'this cannot be read; an hour is written as "09:00"',
        "int_parsing": "write a whole number",
    }
    return said.get(kind, words[:1].lower() + words[1:])
