"""Letters in an office's own words: set in a sandbox, tried on every sample, refused with the line."""

import pytest

from clients.letters import Envelope, _facts, write
from clients.letters.editing import letters, ours, preview, says_when, wrong_with
from clients.letters.samples import NAMES, samples
from schemas.people import Person
from tests.clients import built

REMINDER = ours("evidence_reminder")
TITLE = "{{ request | short }}"
ENVELOPE = Envelope("The Office", "https://office.example/x", ("A lead",), ())


def test_every_name_of_a_letter_is_explained() -> None:
    """What a letter can be set with here is what it is set with when it is sent."""
    facts = [_facts(built.notice(one), built.page(), built.PEOPLE) for one in built.TEMPLATES]
    assert set[str]().union(*facts) == set(NAMES)
    assert all(set(one) == {*NAMES, "envelope"} for one in samples().values())


def test_our_own_words_pass_what_an_office_is_held_to() -> None:
    """Every letter of the product can be taken over and changed."""
    assert len(letters()) > 50
    assert {name: wrong_with(name, ours(name)) for name in letters() if wrong_with(name, ours(name))} == {}
    assert says_when("evidence_reminder")
    assert not says_when("return_accepted")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Begin with {% extends layout %}"),
        ("{% extends 'kit.txt.j2' %}", "Begin with"),
        ("{% extends layout %}", "Write the block subject once"),
        (REMINDER.replace("{{ due }}", "soon"), "does not say when it is due"),
        (REMINDER.replace("{{ lead }}", "{{ leed }}"), "There is no leed"),
        (REMINDER.replace("lead }}", "leed }}"), "Line "),
        (REMINDER + "{% set x = 1 %}", "Assign is not for letters"),
        (REMINDER + "{% include 'kit.txt.j2' %}", "Include is not for letters"),
        (REMINDER.replace(TITLE, "{{ 9 * 9 }}"), "Mul is not for letters"),
        (REMINDER.replace(TITLE, "{{ request.__class__ }}"), "Line 2: It cannot be set"),
        (REMINDER.replace(TITLE, "{{ request.upper() }}"), "Line 2: It cannot be set"),
        (REMINDER.replace(TITLE, "{{ kit.p.__globals__ }}"), "Line 2: It cannot be set"),
        (REMINDER.replace(TITLE, "{{ self.__init__ }}"), "Line 2: It cannot be set"),
        (REMINDER.replace(TITLE, "{{ envelope.nothing }}"), "Line 2: It cannot be set"),
        (REMINDER.replace(TITLE, "{{ range(9) }}"), "There is no range"),
        (REMINDER.replace(TITLE, "{{ request | nofilter }}"), "No filter named 'nofilter'"),
        (REMINDER.replace(TITLE, "{{ request | center(900000000) }}"), "No filter named 'center'"),
        (REMINDER.replace(TITLE, "{% for a in 'abc' %}{% endfor %}"), "Let a loop go through"),
        (
            REMINDER.replace(TITLE, "{% for a in asked %}{% for b in a %}{% endfor %}{% endfor %}"),
            "no loop into another",
        ),
        (REMINDER.replace(TITLE, "{{ published.version }}"), "nothing that may be missing"),
        (REMINDER.replace("{% endblock %}", "{% endblok %}", 1), "Compare it with the product's words"),
        (REMINDER + "x" * 7_000, "6,000 characters or fewer"),
        (REMINDER.replace(TITLE, "{{ " + "(" * 2_000 + "due" + ")" * 2_000 + " }}"), "nested too deep"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_line(text: str, said: str) -> None:
    """A sentence that says what to do; nothing of Python is reached."""
    found = wrong_with("evidence_reminder", text)
    assert found is not None
    assert said in found.sentence


def test_an_office_is_heard_in_its_own_words() -> None:
    """Subject, text and HTML are theirs; reference, link and foot stay; what was typed stays escaped."""
    theirs = REMINDER.replace("Reminder: evidence due", "Please remember: evidence due")
    assert wrong_with("evidence_reminder", theirs) is None
    page = built.page("<b>Bold</b>")
    notice = built.notice("evidence_reminder")
    people: dict[str, Person] = built.PEOPLE
    letter = write(notice, page, people, ENVELOPE, words={"evidence_reminder": theirs})
    assert letter.subject.startswith("Please remember: evidence due")
    assert letter.subject.endswith("(HTA-2026-07)")
    assert "https://office.example/x" in letter.text
    assert "<b>Bold</b>" not in letter.html
    assert write(notice, page, people, ENVELOPE).subject.startswith("Reminder")


def test_words_that_can_no_longer_be_set_give_way_to_ours() -> None:
    """A letter is never lost to a mistake in its words."""
    broken = REMINDER.replace(TITLE, "{{ no_such_name }}")
    facts = (built.notice("evidence_reminder"), built.page(), built.PEOPLE, ENVELOPE)
    assert write(*facts, words={"evidence_reminder": broken}) == write(*facts)


def test_a_preview_has_a_sample_of_everything() -> None:
    """As text and as HTML, with the day."""
    letter = preview("evidence_reminder", None)
    assert "17:00 on Friday 4 December 2026" in letter.subject + letter.text
    assert letter.html.startswith("<!doctype html>")
