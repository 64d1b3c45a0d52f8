"""The templates in a language: compiled once with its messages, and what they say when the page is made."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape
from starlette.requests import Request

from reference.titles import Titles
from web.door.rooms import rooms
from web.language.catalogue import ENGLISH, Tongue, tongue
from web.language.compiling import titled, translated
from web.language.said import Said, Spoken
from web.language.segments import LETTER

COOKIE = "answerable-language"
BOUND = f"__Host-{COOKIE}"
"""Its name over HTTPS, where it is bound to this host."""
ASKED = "lang"
"""The name under which an address asks for a language; search engines are told of these addresses."""
SPOKEN = (
    "role", "role_code", "capacity", "stage", "state", "action_state", "assessment", "function", "form",
    "answer", "ground", "assurance", "forum", "what", "times", "asker", "agenda_why",
)  # fmt: skip
"""Filters that give words of the product."""


def language_of(request: Request) -> str:
    """The language of a page: what its address asks for, else what was chosen, else English."""
    known = rooms(request).languages
    asked = (
        request.query_params.get(ASKED, ""),
        request.cookies.get(BOUND) or request.cookies.get(COOKIE, ""),
    )
    return next((one for one in asked if one in known), ENGLISH)


def speaking(code: str, titles: Titles, english: Titles) -> type[Extension]:
    """The part of the template engine that puts messages, or other titles, into our templates."""
    own = tongue(code)

    class Speaks(Extension):
        """Translates a template before it is compiled."""

        def preprocess(
            self,
            source: str,
            name: str | None,
            filename: str | None = None,  # noqa: ARG002 - it hands this on
        ) -> str:
            """Our pages in the language; feeds and the design system's own templates stay."""
            if name is None or not name.endswith(".html") or name.startswith("govuk_frontend_jinja/"):
                return source
            if code == ENGLISH:
                return titled(source, english.put)
            return translated(source, lambda message: _put(own.look(message), titles), english.put)

    return Speaks


def _put(said: str | None, titles: Titles) -> str | None:
    return None if said is None else titles.put(said)


def speak(made: Environment, code: str, english: Titles) -> None:
    """Let an environment say days, and words that are no part of a template, in a language."""
    own = tongue(code)
    for name in SPOKEN:
        if name in made.filters:
            made.filters[name] = _said_by(made.filters[name], english)
    made.filters["called"] = english.put
    if code == ENGLISH:
        return
    made.filters |= {"day": own.day, "moment": own.moment, "plural": _plural(own)}
    made.filters |= {"spoken": lambda one: spoken(own, one), "spoken_plain": lambda one: plain(own, one)}
    made.filters["spoken_block"] = lambda one: block(own, one)
    made.globals["_"] = lambda text: _word(own, text)


def plain(own: Tongue, one: object) -> object:
    """Words in the language where they are ours and translated; anything else as it is."""
    said = own.say(one) if isinstance(one, Said) else None
    return one if said is None else Spoken(said)


def spoken(own: Tongue, one: object) -> object:
    """The same on a page: what stays in English is marked as English, for those who hear the page."""
    said = plain(own, one)
    if not isinstance(said, str) or isinstance(said, Markup | Spoken) or hasattr(said, "__html__"):
        return said
    if not LETTER.search(said) or " " not in said.strip():
        return said
    return Markup('<span lang="en">{}</span>').format(escape(str(said)))


def block(own: Tongue, one: object) -> object:
    """The same for what may be HTML that was made outside the templates, in English."""
    if isinstance(one, Markup) and LETTER.search(one.striptags()):
        return Markup('<div lang="en">{}</div>').format(one)
    return spoken(own, one)


def _word(own: Tongue, text: str) -> str:
    """A word that stands in a template's code."""
    said = own.look(text)
    return Said(text) if said is None else Spoken(said)


def _said_by(words: Callable[..., Any], english: Titles) -> Callable[..., Any]:
    return lambda *given, **named: Said(english.put(str(words(*given, **named))))


def _plural(own: Tongue) -> Callable[..., str]:
    def plural(count: int, one: str, many: str | None = None) -> str:
        """A count with its noun; in the language where the noun is."""
        noun = (
            one
            if count == 1
            else many or (one if own.code != ENGLISH and isinstance(one, Spoken) else f"{one}s")
        )
        return Spoken(f"{count} {noun}") if isinstance(noun, Spoken) else f"{count} {noun}"

    return plural
