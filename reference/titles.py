"""By which titles pages call people and bodies: from a file, by the body that governs on a day."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reference.catalogue import FOLDER
from reference.places import FileError
from rules.acting.bodies import followed_by
from schemas.successions import Announced

NAME = "words.yaml"
KNOWN = {
    "en": ("Commissioner", "Chief Constable", "police and crime plan", "Police and Crime Panel"),
    "cy": ("Comisiynydd", "Prif Gwnstabl", "Cynllun Heddlu a Throseddu", "Panel Heddlu a Throseddu"),
}
"""The titles that pages are written with, language by language: what a file may put others for."""
MOST = 80
"""Characters of a title."""


@dataclass(frozen=True)
class Titles:
    """The titles of one body in one language: what is said for what, and what stays."""

    says: tuple[tuple[str, str], ...] = ()
    stays: tuple[str, ...] = ()

    def put(self, text: str) -> str:
        """A text of the product with the titles of the body that governs."""
        return self._every().sub(self._one, text) if self.says else text

    def _every(self) -> re.Pattern[str]:
        known = sorted((*self.stays, *(one for one, _ in self.says)), key=len, reverse=True)
        return re.compile(rf"\b({'|'.join(map(re.escape, known))})\b", re.IGNORECASE)

    def _one(self, found: re.Match[str]) -> str:
        said = found[0]
        to = next((one[1] for one in self.says if one[0].casefold() == said.casefold()), None)
        if to is None or any(one.casefold() == said.casefold() for one in self.stays):
            return said
        begins = said[:1].isupper() and not any(one[0][:1].isupper() for one in self.says if one[1] == to)
        return to[:1].upper() + to[1:] if begins else to


@dataclass(frozen=True)
class Words:
    """A file of words: the titles of each body by language, and of bodies that it does not name."""

    stays: tuple[str, ...]
    bodies: Mapping[str, Mapping[str, Mapping[str, str]]]
    others: Mapping[str, Mapping[str, str]]

    def of(self, body: str, language: str = "en") -> Titles:
        """The titles under a body."""
        found = self.bodies.get(body, self.others).get(language, {})
        return Titles(tuple(found.items()), self.stays if found else ())


def governs(body: str, announced: Iterable[Announced], day: date) -> str:
    """The body that stands for an office on a day, as its successions say."""
    return followed_by(body, announced, "body", day)


@cache
def words_of(file: Path | None) -> Words:
    """The words of a file, or those that came with the product.

    Raises: FileError: it cannot be read, or puts something for what no page says.
    """
    name = file.name if file else NAME
    try:
        facts: Any = yaml.safe_load((file or FOLDER / NAME).read_text(encoding="utf8"))
    except OSError:
        raise FileError(f"{name}: this file is missing or not ours to read.") from None
    except yaml.YAMLError:
        raise FileError(f"{name}: this is not YAML. See reference/words.yaml for an example.") from None
    if not isinstance(facts, dict) or not isinstance(facts.get("bodies"), dict):
        raise FileError(f"{name}: write `bodies` with their words, as in reference/words.yaml.")
    stays = tuple(str(one) for one in facts.get("stays") or ())
    bodies = {str(body): _by_language(said, name, str(body)) for body, said in facts["bodies"].items()}
    return Words(stays, bodies, _by_language(facts.get("others"), name, "others"))


def _by_language(facts: Any, name: str, whose: str) -> dict[str, dict[str, str]]:
    if not isinstance(facts or {}, dict):
        raise FileError(f"{name}, {whose}: write the languages, en or cy, and under each the words.")
    return {
        str(code): _checked(said, str(code), f"{name}, {whose}, {code}")
        for code, said in (facts or {}).items()
    }


def _checked(said: Any, code: str, where: str) -> dict[str, str]:
    known = KNOWN.get(code)
    if known is None or not isinstance(said, dict):
        raise FileError(f"{where}: write en or cy, and under it the words, such as Commissioner: Mayor.")
    for one, to in said.items():
        if one not in known:
            raise FileError(f"{where}: no page says “{one}”. Write one of: {', '.join(known)}.")
        if not isinstance(to, str) or not 0 < len(to.strip()) <= MOST or "<" in to or "{" in to:
            raise FileError(f"{where}, {one}: write a title of at most {MOST} characters without < and {{.")
    return {str(one): to.strip() for one, to in said.items()}
