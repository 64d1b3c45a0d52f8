"""The file of trigger rules: what came with the product, and what is said where a file cannot be read."""

from pathlib import Path

import pytest

from reference.catalogue import demonstration_people, plan, sources
from reference.places import FileError
from reference.triggers import promises_in, promises_of, shipped, triggers_in
from schemas.outside import TriggerRule

KINDS = {
    "answerable.inspection.published",
    "answerable.measure.observed",
    "answerable.concern.gathered",
    "answerable.promise.due",
    "answerable.session.not-assured",
    "answerable.panel.recommended",
}
GOOD = """\
- id: one
  title: One
  when:
    type: a.b
    every:
      - {field: value, at_least: 5}
  propose:
    title: "About {name}"
    theme: reassuring
    commitments: [SWM-REASSURE-04]
    question: What about it?
    kind: rapid
  why: It is so.
  source: local.outside
  mark: not_verified
"""


def read(text: str) -> tuple[TriggerRule, ...]:
    """As an import reads it."""
    return triggers_in(text, "rules.yaml", plan(), demonstration_people())


def test_the_product_comes_with_a_rule_for_each_kind_of_happening() -> None:
    """Each can be meant in the demonstration's office and cites the register; one alone opens by itself."""
    text = (Path(__file__).parents[2] / "reference" / "triggers.yaml").read_text(encoding="utf8")
    rules = read(text)
    assert rules == shipped().rules
    assert {one.type for one in rules} == KINDS
    assert {one.source for one in rules} <= set(sources())
    assert [one.id for one in rules if one.then == "open"] == ["accelerated-cause-of-concern"]
    assert {one.commitment for one in promises_of()} <= set(plan().commitments())


@pytest.mark.parametrize(
    ("was", "instead", "words"),
    [
        ("  why: It is so.\n", "", "line 1, rule 1: why is missing; write one sentence"),
        (
            "  title: One\n",
            "  titel: One\n",
            'line 2, rule 1, titel: "titel" is not a field here; write title',
        ),
        (
            "  propose:",
            "  note: yes\n  propose:",
            "line 1, rule 1: write exactly one of propose, open, feed, note",
        ),
        ("type: a.b", "type: A b", 'line 4, rule 1, when, type: "A b" cannot be used; write small words'),
        ("at_least: 5", "at_leest: 5", "line 6, rule 1, when, every 1, at_leest"),
        (
            "at_least: 5",
            "at_least: five",
            'line 4, rule 1, when: rule "one": value, at_least: write a number',
        ),
        ("at_least: 5", "at_least: 5, at_most: 9", "line 6, rule 1, when, every 1: write one comparison"),
        (
            "theme: reassuring",
            "theme: roads",
            'line 9, rule 1, propose, theme: rule "one": Safer West Mercia',
        ),
        (
            "REASSURE-04",
            "REASSURE-94",
            'line 10, rule 1, propose, commitments: rule "one": Safer West Mercia',
        ),
        ("kind: rapid", "kind: quick", 'rule "one": there is no kind of cycle quick; write one of: '),
        (
            "{name}",
            "{name",
            'line 8, rule 1, propose, title: rule "one": write a field of the event in braces',
        ),
        ("source: local.outside", "source: nowhere", 'rule "one": nowhere is not in the register of sources'),
        ("mark: not_verified", "mark: sure", '"sure" is not known; write verified, partly or not_verified'),
        (
            "- id: one",
            "- id: One!",
            'line 1, rule 1, id: "One!" cannot be used; write a name of small letters',
        ),
        (GOOD, GOOD + GOOD, 'line 16, rule 2, id: rule "one": a rule of this id stands above'),
        (GOOD, "[", "rules.yaml, line 1: this is not YAML"),
        (GOOD, "", "rules.yaml: the file is empty"),
    ],
)
def test_a_rule_that_cannot_be_read_is_said_with_its_line(was: str, instead: str, words: str) -> None:
    """And with what to write; nothing of the file is used."""
    assert len(read(GOOD)) == 1
    assert was in GOOD
    with pytest.raises(FileError) as refusal:
        read(GOOD.replace(was, instead, 1))
    assert words in str(refusal.value)


OPENING = GOOD.replace("  propose:", "  open:\n    officer: policy-officer\n    opens_after: 1")
FEEDING = GOOD[: GOOD.index("  propose:")] + (
    "  feed:\n    cycles: theme\n    theme: reassuring\n    tell: [officer, chief_executive]\n"
    + GOOD[GOOD.index("  why:") :]
)


@pytest.mark.parametrize(
    ("good", "was", "instead", "words"),
    [
        (
            OPENING,
            "officer: policy-officer",
            "officer: commissioner",
            "commissioner is no policy officer here",
        ),
        (
            OPENING,
            "opens_after: 1",
            "opens_after: soon",
            '"soon" cannot be used; write a whole number up to 120',
        ),
        (
            OPENING,
            "opens_after: 1",
            "opens_after: 1\n    session_after: 0",
            "would be on the day of the opening",
        ),
        (OPENING, "opens_after: 1", 'opens_after: 1\n    session_hour: "9"', 'write an hour such as "10:00"'),
        (
            FEEDING,
            "    theme: reassuring\n",
            "",
            "theme is missing; write the theme, or a field such as {theme}",
        ),
        (FEEDING, "chief_executive", "chief_constable", '"chief_constable" is not known; write officer, '),
        (FEEDING, "cycles: theme", "cycles: all", '"all" is not known; write commitments or theme'),
    ],
)
def test_openings_and_feeds_are_checked_too(good: str, was: str, instead: str, words: str) -> None:
    """An officer who is one, days that can be counted, people of the office."""
    assert len(read(good)) == 1
    with pytest.raises(FileError) as refusal:
        read(good.replace(was, instead, 1))
    assert words in str(refusal.value)


def test_a_promise_that_cannot_be_read_is_said_with_its_line(tmp_path: Path) -> None:
    """Also a file that is not there."""
    good = (
        "- {id: x, commitment: SWM-REFORM-05, title: t, due_on: 2027-03-31, "
        "source: local.outside, mark: partly}"
    )
    assert promises_in(good, "p.yaml")[0].looked_at_before == 20
    for was, instead, words in (
        ("2027-03-31", "March", 'promise 1, due_on: "March" cannot be used; write a day'),
        ("local.outside", "x", "x is not in the register of sources"),
        ("SWM-REFORM-05", "five", "write a commitment such as SWM-REASSURE-03"),
    ):
        with pytest.raises(FileError, match=words):
            promises_in(good.replace(was, instead), "p.yaml")
    with pytest.raises(FileError, match="cannot be read"):
        promises_of(tmp_path / "none.yaml")
