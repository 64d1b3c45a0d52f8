"""The "why this date" panel: what a sum needs to be read on a page, and the deadlines of a cycle as sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reference.catalogue import sources
from reference.explaining import table
from rules.explaining.reasons import RULE_OF, reason
from rules.explaining.strip import strip
from rules.law.register import RULES
from rules.meeting.notice_rule import LOCAL
from schemas.counting import Explanation, Rule
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.rows import DeadlineRow
from schemas.sources import Source
from schemas.standards import StandardsEdition

KINDS = {
    "statutory": "Law",
    "panel_set": "Set by the panel",
    "commissioner_set": "Set by the office, not law: the commissioner names the time",
    "local": "Set by the office, not law",
}
MARKS = {
    "verified": "Verified: the words of the source were read",
    "partly": "Partly verified: the core of the source was read",
    "not_verified": "Not verified: check it before you rely on it",
}


@dataclass(frozen=True)
class Panel:
    """A sum for a page: in words, as a picture and a table, with its sources and how sure we are of them."""

    name: str
    """Apart from every other panel of the page."""
    found: Explanation
    picture: Markup
    cited: tuple[Source, ...]

    @property
    def kind(self) -> str:
        """Whose clock it is, in words."""
        return KINDS[self.found.rule.kind]

    @property
    def mark(self) -> str:
        """How sure we are, in words."""
        return MARKS[self.found.rule.mark]


class DeadlineSaid(DeadlineRow):
    """One thing owed, with the rule that it follows, whose rule that is, and how sure we are of it."""

    rule: str
    kind: str
    source: str
    mark: str
    why: str
    """The address of the sum."""


def panel(found: Explanation, name: str = "strip") -> Panel:
    """The panel of a sum."""
    return Panel(name, found, Markup(strip(found, name)), cited(found.rule))  # noqa: S704 - its words are escaped where it is drawn


def cited(rule: Rule) -> tuple[Source, ...]:
    """What a rule rests on, as the register has it."""
    known = sources()
    return tuple(known[one] for one in (rule.source, *rule.also) if one in known)


def reason_of(
    cycle: Cycle, key: str, followed: StandardsEdition | None = None
) -> Explanation | Refused | None:
    """Why a deadline of a cycle is that day, by the calendar with which it was counted."""
    return reason(cycle, key, table, followed)


def panel_of(cycle: Cycle, key: str) -> Panel | None:
    """The panel of a deadline of a cycle; None where it has no day, or where the day cannot be counted."""
    found = reason_of(cycle, key)
    return panel(found, key.replace("/", "-")) if isinstance(found, Explanation) else None


def panels_of(cycle: Cycle, due: Iterable[tuple[int, date | None]]) -> dict[int, Panel]:
    """The panels of requests by their numbers, but for those whose day has moved since."""
    found = {number: (panel_of(cycle, f"return/{number}"), on) for number, on in due}
    return {number: one for number, (one, on) in found.items() if one and one.found.due.due_on == on}


def with_rule(row: DeadlineRow) -> DeadlineSaid:
    """A deadline with the rule that it follows. A notice that no law asks for follows its forum's own.

    Raises: KeyError: no rule is known for this kind of deadline.
    """
    known = RULE_OF.get(row.key.partition("/")[0]) or RULE_OF.get(row.what.replace("_", "-"))
    rule = LOCAL if row.what == "notice" and known is None else RULES[known or row.what]
    return DeadlineSaid(
        **row.model_dump(),
        rule=rule.id,
        kind=rule.kind,
        source=rule.source,
        mark=rule.mark,
        why=f"/api/v1/cycles/{row.cycle}/why/{row.key}",
    )
