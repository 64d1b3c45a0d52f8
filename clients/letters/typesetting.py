"""How letters are set: days and hours, lines of plain text, what people typed cleaned and set off.

The product's own templates lie beside this file. An office's own words are set in a sandbox of the same make.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

LONDON = ZoneInfo("Europe/London")
MOST_WORDS = 2000
"""Characters of one text in a mail; the page has the rest."""
MOST_TITLE = 80
MOST_SHORT = 40
"""Characters of a title within a subject, so that the day after it is not cut off."""
MOST_SUBJECT = 120

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that turn the direction of writing or hide."""


@dataclass(frozen=True)
class Letter:
    """One letter, ready to be sent: its subject on one line and its words in two forms."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Envelope:
    """Whom a letter goes to, by title, who sends it, and where the page is that it points to."""

    office: str
    url: str
    sent_to: tuple[str, ...]
    copied_to: tuple[str, ...]
    own: bool = False
    """Whether the link is one that leads this one reader to their task."""


def day(on: date) -> str:
    """A civil day with its weekday, such as "Friday 4 December 2026"."""
    return f"{on:%A} {on.day} {on:%B %Y}"


def hour(at: datetime) -> str:
    """An instant as hour and day in London, such as "17:00 on Friday 4 December 2026"."""
    local = at.astimezone(LONDON)
    return f"{local:%H:%M} on {day(local.date())}"


def clean(words: str) -> str:
    """A text without what cannot be seen, no longer than a mail should carry."""
    printable = UNPRINTABLE.sub("", words.replace("\t", " ")).strip()
    if len(printable) <= MOST_WORDS:
        return printable
    return printable[:MOST_WORDS].rstrip() + " … (the rest is on the page)"


def title(words: str, most: int = MOST_TITLE) -> str:
    """A text on one line of so many characters at the most."""
    return textwrap.shorten(UNPRINTABLE.sub("", words.replace("\t", " ")), most, placeholder=" …")


def short(words: str) -> str:
    """A title within a subject."""
    return title(words, MOST_SHORT)


def _prose(words: str) -> str:
    """A paragraph of plain text in lines of 76 characters."""
    return textwrap.fill(" ".join(words.split()), 76, break_long_words=False, break_on_hyphens=False)


def _set_off(words: str) -> str:
    """Somebody's words, each line with a mark before it: none of it can pass for ours."""
    lines = [
        part
        for line in words.splitlines()
        for part in textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False) or [""]
    ]
    return "\n".join(f"> {line}".rstrip() for line in lines)


FILTERS = (
    "prose",
    "set_off",
    "hour",
    "short",
    "join",
    "trim",
    "lower",
    "capitalize",
    "length",
    "escape",
    "e",
)
"""What an office's own words may be put through."""


class Careful(ImmutableSandboxedEnvironment):
    """Sets what an office wrote: it reaches the facts that are given to it, and nothing of Python."""

    intercepted_binops = frozenset({"*", "**", "%", "<<"})
    """What could make a short letter long."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Attributes of the facts alone, and the layout's own macros; never a method."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, BaseModel):
            return attr in type(obj).model_fields
        return type(obj).__module__.startswith(("jinja2.", "clients.letters")) and super().is_safe_attribute(
            obj, attr, value
        )

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros and blocks alone."""
        return type(obj).__module__.startswith("jinja2.")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - as Jinja calls it
        """None of those."""
        raise SecurityError(f"{operator} is not for letters")


def environment(form: str, *, theirs: Mapping[str, str] | None = None) -> Environment:
    """What sets letters as plain text (txt) or as HTML (html): ours, or in a sandbox an office's own."""
    ours: BaseLoader = PackageLoader("clients", "letters")
    make: type[Environment] = Environment if theirs is None else Careful
    made = make(
        loader=ours if theirs is None else ChoiceLoader([DictLoader(dict(theirs)), ours]),
        autoescape=form == "html",  # off for plain text alone, where it would print &amp;
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(prose=_prose, set_off=_set_off, hour=hour, short=short)
    kit = made.get_template(f"kit.{form}.j2").module
    if theirs is not None:
        made.filters = {name: made.filters[name] for name in FILTERS}
        made.globals.clear()
    made.globals.update(layout=f"letter.{form}.j2", kit=kit)
    return made


TEXT = environment("txt")
HTML = environment("html")
