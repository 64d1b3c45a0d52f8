"""Templates of a rule, filled with the fields of an event."""

import re
from collections.abc import Iterable, Mapping

from rules.outside.conditions import said
from schemas.outside import MadeCycle, Value

NAME = re.compile(r"\{([A-Za-z0-9_]{1,80})\}")
"""A field of the event within a template."""
MOST_TITLE = 200
"""Letters of a title that was filled in."""
MOST_QUESTION = 2000


class Unfilled(Exception):  # noqa: N818 - what is raised is the sentence itself
    """A template names a field that the event does not give; the message says which.

    Source: local.outside
    """


def names_in(template: str) -> tuple[str, ...]:
    """The fields that a template names.

    Source: local.outside
    """
    return tuple(NAME.findall(template))


def stray_brace(template: str) -> bool:
    """Whether a template holds a brace that belongs to no field.

    Source: local.outside
    """
    return bool(set("{}") & set(NAME.sub("", template)))


def filled(template: str, fields: Mapping[str, Value]) -> str:
    """A template with every `{name}` replaced by that field of the event, on one line each.

    Source: local.outside
    Raises: Unfilled: the event does not give one of them.
    """

    def words(found: re.Match[str]) -> str:
        value = fields.get(found[1])
        if value is None or value in ("", ()):
            raise Unfilled(f"{found[1]} is missing")
        if isinstance(value, str):
            return " ".join(value.split())
        return said(value)

    return NAME.sub(words, template)


def filled_list(templates: Iterable[str], fields: Mapping[str, Value]) -> tuple[str, ...]:
    """Templates filled one by one; one that is a single field with a list gives the whole list.

    Source: local.outside
    Raises: Unfilled: the event does not give one of them.
    """
    found: list[str] = []
    for one in templates:
        alone = NAME.fullmatch(one)
        value = fields.get(alone[1]) if alone else None
        found += list(value) if isinstance(value, tuple) and value else [filled(one, fields)]
    return tuple(dict.fromkeys(found))


def filled_cycle(made: MadeCycle, fields: Mapping[str, Value]) -> MadeCycle:
    """The cycle that a rule asks for, with the event's own words, each no longer than a page can show.

    Source: local.outside
    Raises: Unfilled: the event does not give a field that it names.
    """
    return MadeCycle(
        title=_short(filled(made.title, fields), MOST_TITLE),
        theme=filled(made.theme, fields),
        commitments=filled_list(made.commitments, fields),
        question=_short(filled(made.question, fields), MOST_QUESTION),
        cycle_kind=made.cycle_kind,
    )


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 2].rstrip() + " …"
