"""Markdown as people write it, made safe for a page: no HTML of theirs, no pictures, headings in order."""

from collections.abc import Iterable, Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

DEEPEST = 6

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "table_open": "govuk-table",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "link_open": "govuk-link",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}
SIZES = {1: "xl", 2: "l", 3: "m"}

TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote"),
    *("hr", "br", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {tag: {"class"} for tag in TAGS - {"a"}} | {
    "a": {"class", "href", "title"},
    "ol": {"class", "start"},
}


def tokens(words: str, top: int = 2) -> list[Token]:
    """The parts of a text; its highest heading becomes level `top`, and no level is skipped below it."""
    found = _parser().parse(words)
    levels = iter(_in_order([int(one.tag[1]) for one in found if one.type == "heading_open"], top))
    for place, token in enumerate(found):
        if token.type == "heading_open":
            token.tag = found[place + 2].tag = f"h{next(levels)}"
    return found


def prose(words: str, top: int = 3) -> Markup:
    """A text as HTML that is safe to print as it is."""
    found = tokens(words, top)
    _dress(found)
    html = _parser().renderer.render(found, _parser().options, {})
    return Markup(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}))  # noqa: S704 - nh3 has just cleaned it


@cache
def _parser() -> MarkdownIt:
    """Made once: to make one takes longer than to read a paragraph."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _in_order(levels: Iterable[int], top: int) -> list[int]:
    above: list[int] = []
    out = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        out.append(min(top + len(above) - 1, DEEPEST))
    return out


def _dress(found: Sequence[Token]) -> None:
    for token in found:
        if token.type == "heading_open":
            token.attrSet("class", f"govuk-heading-{SIZES.get(int(token.tag[1]), 's')}")
        elif name := CLASSES.get(token.type):
            token.attrSet("class", name)
        _dress(token.children or ())
