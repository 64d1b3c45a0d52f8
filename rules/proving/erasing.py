"""Erasing strings of an entry: they go with their salts, what stands for them stays, and the chain holds."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rules.proving.making import stands
from schemas.chain import GONE, TEXT_GONE, Line, covered, own_salt, strings

OF_ITS_COMMAND = "/content"
"""The digest of the command goes with anything that was in it: by it the rest could be guessed."""


def without(line: Line, goes: Callable[[str], bool]) -> Line:
    """A line without the strings that have to go. A line in which none has to stays as it is.

    Source: process.ledger
    """
    said = list(strings(covered(line.said)))
    before: dict[str, str] = dict(line.erased["gone"]) if line.erased else {}
    named = {pointer for pointer, value in said if pointer not in before and goes(value)}
    if not named:
        return line
    going = {one for one in {*named, OF_ITS_COMMAND} if one not in before}
    kept = stands(line)
    gone = before | {pointer: kept(pointer, value) for pointer, value in said if pointer in going}
    salts = {pointer: _salt(line, pointer) for pointer, _ in said if pointer not in gone}
    parts = copy.deepcopy(covered(line.said))
    for pointer, value in said:
        if pointer in going:
            _put(parts, pointer, TEXT_GONE if value.startswith("text:") else GONE)
    return replace(line, said=replace(line.said, **parts), salt=None, erased={"gone": gone, "salts": salts})


def _salt(line: Line, pointer: str) -> str:
    if line.erased:
        return line.erased["salts"][pointer]
    return own_salt(line.salt or b"", pointer).hex()


def _put(parts: Any, pointer: str, value: str) -> None:
    *way, last = [one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")[1:]]
    for one in way:
        parts = parts[int(one) if isinstance(parts, list) else one]
    parts[int(last) if isinstance(parts, list) else last] = value
