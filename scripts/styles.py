"""The stylesheet: both design systems' styles in the office's own typeface, as far as a page can need them.

What the pages are made of stands in parts.txt, which scripts/parts.py writes.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

SYSTEMS = re.compile(r"\.((?:govuk|moj|probation)-(?:\\?[\w!-])+)")
"""A class of a design system, as a selector has it."""
NOT = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
"""What a selector leaves out need not be on any page."""
FORBIDDEN = ("GDS Transport", "crest.svg", "crown.png")
STACK = '"Atkinson Hyperlegible",Helvetica,Arial,sans-serif'


class NotOursError(ValueError):
    """A mark of GOV.UK is still in the styles; the message names it."""


def stylesheet(systems: Iterable[str], needed: frozenset[str]) -> str:
    """The styles of both systems that pages of the needed parts can need, without GOV.UK's marks.

    Raises: NotOursError: one of those marks is left.
    """
    css = "".join(kept(unbranded(one), needed) for one in systems)
    for mark in FORBIDDEN:
        if mark in css:
            raise NotOursError(f"The styles still hold {mark!r}, which is not ours to use.")
    return css


def unbranded(css: str) -> str:
    """The styles with another typeface, no crest, and addresses that hold below any folder."""
    css = re.sub(r'@charset "UTF-8";', "", css)
    css = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", css)
    css = re.sub(r'"?GDS Transport"?,arial,sans-serif', STACK, css)
    css = css.replace("url(/assets/images/govuk-crest.svg)", "none")
    return css.replace("url(/assets/", "url(")


def kept(css: str, needed: frozenset[str]) -> str:
    """The styles without the parts of the systems that no page has.

    Without those parts 100 kB of 222 are left, which a slow telephone reads before it shows anything.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules, needed)) + "\n"


def _kept(rules: Iterable[Any], needed: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := _needed(tinycss2.serialize(rule.prelude), needed):
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if left := "".join(_kept(inside, needed)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{left}}}"
        else:
            yield rule.serialize()


def _needed(selectors: str, needed: frozenset[str]) -> str:
    """The selectors of a rule, without those that name a part which no page has."""
    each = re.split(r",(?![^(]*\))", selectors)
    return ",".join(
        one.strip()
        for one in each
        if all(is_needed(name, needed) for name in SYSTEMS.findall(NOT.sub("", one)))
    )


def is_needed(name: str, needed: frozenset[str]) -> bool:
    """Whether a page may have the class."""
    part = block(name)
    return part in needed or any(one.endswith("-") and part.startswith(one) for one in needed)


def block(name: str) -> str:
    """The part that a class belongs to: `govuk-button` of `govuk-button__icon` and `govuk-button--start`."""
    return re.split(r"__|--", name.replace("\\", ""))[0]
