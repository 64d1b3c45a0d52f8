"""A template in another language: its messages put in their places before it is compiled, once."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape

from web.language.segments import (
    LABELS,
    LETTER,
    PLAIN,
    Look,
    Piece,
    Run,
    fits,
    literals,
    pieces,
    runs,
)

MADE_ELSEWHERE = re.compile(r"\{\{-?\s*([\w.]+|[\w.]+ \| prose(\(\d\))?)\s*-?\}\}")
"""What holds more than a line where it is HTML already: pictures, and texts of the record."""
Put = Callable[[str], str]


def messages(source: str) -> Iterator[str]:
    """Everything in a template's source that can be translated, in order."""
    for run in runs(source):
        if run.message:
            yield run.message
        for one in run.pieces:
            yield from _within(one)


def _within(one: Piece) -> Iterator[str]:
    """What can be translated within a tag or within code."""
    if one.kind == "tag":
        for label in LABELS.finditer(one.source):
            if LETTER.search(re.sub(r"\{[{%].*?[}%]\}", "", label["value"])):
                yield label["value"]
        for code in pieces(one.source[1:-1]):
            if code.kind in ("expression", "statement"):
                yield from _within(code)
    elif one.kind == "expression" or (one.kind == "statement" and one.name not in PLAIN):
        yield from (found["text"] for found in literals(one.source))


def translated(source: str, look: Look, put: Put = str) -> str:
    """A template's source with every message said by `look`; what it does not know stays, marked as English.

    `put` gives the English its titles.
    """
    return "".join(_run(run, look, put) for run in runs(source))


def titled(source: str, put: Put) -> str:
    """A template's source in English with the titles of the body that governs."""
    return "".join(_titled(one, put) for one in pieces(source))


def _titled(one: Piece, put: Put) -> str:
    if one.kind == "text":
        return put(one.source)
    if one.kind == "tag":
        labelled = LABELS.sub(lambda found: found["before"] + put(found["value"]), one.source)
        return "<" + "".join(
            _titled(it, put) if it.kind != "text" else it.source for it in pieces(labelled[1:])
        )
    if one.kind == "expression" or (one.kind == "statement" and one.name not in PLAIN):
        return _code(one.source, lambda text: '"' + put(text) + '"')
    return one.source


def _run(run: Run, look: Look, put: Put) -> str:
    said = look(run.message) if run.message else None
    if said is not None and fits(run.message, said):
        return _spaced(run, "".join(_filled(run, said, look)))
    own = "".join(
        put(one.source) if one.kind == "text" else _piece(one, look, markable=run.markable)
        for one in run.pieces
    )
    if run.message and run.markable:
        return _spaced(run, f'<span lang="en">{own.strip()}</span>')
    return own


def _spaced(run: Run, said: str) -> str:
    """With the blanks before and after that the template has."""
    source = "".join(one.source for one in run.pieces)
    before, after = source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :]
    return before + said + after


def _filled(run: Run, said: str, look: Look) -> Iterator[str]:
    """A translation with the tags of the template, each with its attributes."""
    tags: defaultdict[str, list[Piece]] = defaultdict(list)
    for one in run.pieces:
        if one.kind != "text":
            tags[one.bare].append(one)
    for one in pieces(said):
        own = tags[one.bare].pop(0) if one.kind != "text" else one
        yield _piece(own, look, markable=run.markable)


def _piece(one: Piece, look: Look, *, markable: bool) -> str:
    if one.kind == "expression":
        made = MADE_ELSEWHERE.fullmatch(one.source)
        return _expression(one.source, "spoken_block" if made else "spoken" if markable else "spoken_plain")
    if one.kind == "tag":
        return _tag(one.source, look)
    if one.kind == "statement" and one.name not in PLAIN:
        return _code(one.source)
    return one.source


def _expression(source: str, by: str) -> str:
    inner = source[2:-2]
    before, after = ("-" if inner.startswith("-") else ""), ("-" if inner.endswith("-") else "")
    code = _code(inner[len(before) : len(inner) - len(after)])
    return f"{{{{{before} ({code}) | {by} {after}}}}}"


def _code(source: str, said: Put = '_("{}")'.format) -> str:
    """Code with every word for people given over; by itself, to be looked up when the page is made."""
    for one in reversed(list(literals(source))):
        source = source[: one.start("text") - 1] + said(one["text"]) + source[one.end("text") + 1 :]
    return source


def _tag(source: str, look: Look) -> str:
    """A tag with its labels translated and the words in its code looked up."""

    def label(found: re.Match[str]) -> str:
        said = look(found["value"])
        if said is not None and fits(found["value"], said):
            return found["before"] + escape(said, quote=False).replace('"', "&quot;").replace("&amp;", "&")
        return found[0]

    parts = []
    for one in pieces(LABELS.sub(label, source)[1:]):
        plain = one.kind == "statement" and one.name in PLAIN
        parts.append(
            _code(one.source) if one.kind in ("expression", "statement") and not plain else one.source
        )
    return "<" + "".join(parts)
