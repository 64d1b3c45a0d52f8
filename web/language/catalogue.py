"""What stands in a translation: read from locale/ once, and asked for messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po

from rules.clocks import civil, london
from web.language.said import Said, Spoken
from web.language.segments import fits, pieces

LOCALE = Path(__file__).parents[2] / "locale"
DOMAIN = "answerable.po"
ENGLISH = "en"
PSEUDO = "en-XA"
"""No language: every message of the product within brackets, so that a test sees what is none."""
NAMES = {"en": "English", "cy": "Cymraeg", PSEUDO: "[Pseudo]"}
"""What each language calls itself."""
MOMENT = {"cy": "{day} am {hour}"}
DAYS = {"cy": "EEEE d MMMM y"}


class LanguageMissingError(Exception):
    """A language is wanted of which there is no catalogue."""


@dataclass(frozen=True)
class Tongue:
    """One language: its messages, and how it writes days."""

    code: str
    messages: dict[str, str] = field(default_factory=dict)

    def look(self, message: str) -> str | None:
        """The translation of a message; None where there is none."""
        if self.code == PSEUDO:
            return _bracketed(message)
        return self.messages.get(message) or None

    def say(self, sentence: Said) -> str | None:
        """A sentence of the product in this language, filled in; None where it has no translation."""
        found = self.look(sentence.pattern)
        return found.format(**sentence.parts) if found and sentence.parts else found

    def day(self, on: date | datetime | None) -> str:
        """A day with its weekday, as this language writes it."""
        if on is None:
            return Said("no day yet")
        if self.code not in DAYS:
            return Spoken(f"⟦{_civil(on):%A %-d %B %Y}⟧")
        return Spoken(format_date(_civil(on), DAYS[self.code], locale=self.code))

    def moment(self, at: datetime | None) -> str:
        """An instant with its weekday and time of day."""
        if at is None:
            return Said("no day yet")
        pattern = MOMENT.get(self.code, "{day} at {hour}")
        return Spoken(pattern.format(day=self.day(at), hour=f"{london(at):%H:%M}"))


def _civil(on: date | datetime) -> date:
    return civil(on) if isinstance(on, datetime) else on


def _bracketed(message: str) -> str:
    """A message with each of its texts in brackets."""
    return "".join(
        one.source if one.kind != "text" or not one.source.strip() else f"⟦{one.source}⟧"
        for one in pieces(message)
    )


@cache
def tongue(code: str) -> Tongue:
    """A language, with what of its catalogue can be used.

    Raises: LanguageMissingError: there is no catalogue of it.
    """
    if code in (ENGLISH, PSEUDO):
        return Tongue(code)
    file = LOCALE / code / "LC_MESSAGES" / DOMAIN
    if code not in installed():
        raise LanguageMissingError(f"there is no {file.relative_to(LOCALE.parent)}")
    with file.open("rb") as opened:
        found = read_po(opened, locale=code)
    said = ((str(one.id), str(one.string)) for one in found if one.id and one.string and not one.fuzzy)
    return Tongue(code, {message: text for message, text in said if fits(message, text)})


def installed() -> tuple[str, ...]:
    """The languages that have a catalogue, beside English."""
    return tuple(sorted(one.parents[1].name for one in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}")))


def languages(wanted: Iterable[str]) -> tuple[str, ...]:
    """The languages of a deployment, English first.

    Raises: LanguageMissingError: one of them has no catalogue.
    """
    return (ENGLISH, *(tongue(one).code for one in dict.fromkeys(wanted) if one != ENGLISH))
