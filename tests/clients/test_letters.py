"""The words of every notice."""

from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from clients.letters import Envelope, Letter, path_of, title, write
from schemas.inspections import InspectionReport
from schemas.notices import NoticeTemplate
from schemas.people import Role
from schemas.shape import Words
from tests.clients import built

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %}"
    "\r\nBcc: all@example.test\r\n\r\n\u202egnp.exe\x00\x1b[31m “ Llywodraeth Cymru £5 " + "long " * 900
)
ENVELOPE = Envelope(
    office="West Mercia OPCC",
    url="https://office.example/page",
    sent_to=("ACC Local Policing",),
    copied_to=("Coordination unit",),
)


def letter(template: NoticeTemplate, say: str = "", **changes: object) -> Letter:
    """The letter of a template about the built cycle."""
    return write(built.notice(template, **changes), built.page(say), built.PEOPLE, ENVELOPE)


def test_a_letter_that_comes_late_is_about_the_return_of_its_day() -> None:
    """After an outage two notices of two returns go out together: each says which version it means."""
    page = built.page()
    request = page.cycle.requests[0]
    first, later = request.returns[0], built.AT + timedelta(hours=2)
    both = (first, first.model_copy(update={"version": 2, "received_at": later}))
    cycle = page.cycle.model_copy(update={"requests": (request.model_copy(update={"returns": both}),)})
    page = page.model_copy(update={"cycle": cycle})
    said = [
        write(built.notice("return_received", planned_at=at), page, built.PEOPLE, ENVELOPE).text
        for at in (built.AT, later)
    ]
    assert "Version: 1" in said[0]
    assert "Version: 2" in said[1]


class Tags(HTMLParser):
    """Collects the names of the tags in a document."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and its attributes."""
        self.seen.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("template", built.TEMPLATES)
def test_every_notice_has_a_letter_that_says_what_to_do_and_where(template: NoticeTemplate) -> None:
    """Each has a short subject with the reference, the next step, the link, and where its words come from."""
    one = letter(template)
    assert built.REF in one.subject
    for words in (one.text, one.html):
        assert "What to do next" in words
        assert ENVELOPE.url in words
        assert "words of its record" in words
        assert "Coordination unit" in words
        assert "None" not in words


@pytest.mark.parametrize("template", built.TEMPLATES)
def test_hostile_words_stay_words(template: NoticeTemplate) -> None:
    """Typed text makes no tag, no header, no second line of a subject and no template, in any letter."""
    one = letter(template, say=HOSTILE)
    assert "\n" not in one.subject
    assert "\r" not in one.subject
    assert len(one.subject) <= 120
    assert one.subject.endswith(f"({built.REF})")
    tags = Tags()
    tags.feed(one.html)
    assert not {"script", "img"} & set(tags.seen)
    assert "\u202e" not in one.text + one.html + one.subject
    assert "\x00" not in one.text + one.html
    assert " 49 " not in one.text
    assert not [line for line in one.text.splitlines() if line.startswith("Bcc:")]
    assert len(one.text) < 20_000


@pytest.mark.parametrize("template", built.TEMPLATES)
def test_letters_carry_no_evidence_and_no_draft(template: NoticeTemplate) -> None:
    """What was answered and what is not yet public is read on the page, not in mails."""
    one = letter(template)
    assert "SECRET" not in one.text + one.html


@pytest.mark.parametrize(
    "template", ["evidence_requested", "evidence_reminder", "evidence_overdue", "due_moved"]
)
def test_due_days_are_said_with_weekday_and_hour_in_london(template: NoticeTemplate) -> None:
    """The lead reads the weekday, the day and the hour."""
    one = letter(template)
    assert "17:00 on Friday 4 December 2026" in one.subject
    assert "17:00 on Friday 4 December 2026" in " ".join(one.text.split())


def test_a_long_title_never_cuts_the_day_off_a_subject() -> None:
    """The title gives way, the day and the reference stay."""
    one = letter("extension_refused", say=" and much more" * 20)
    assert one.subject.endswith("stays due by 17:00 on Friday 4 December 2026 (HTA-2026-07)")


def test_summer_hours_are_londons() -> None:
    """A meeting at 13:00 UTC in July is at 14:00."""
    assert "14:00 on Thursday 9 July 2026" in letter("session_fixed").subject


def test_what_was_asked_and_what_is_missing_are_quoted() -> None:
    """Lists, gaps and reasons stand in the letters that need them, and nowhere pass for ours."""
    assert "> Volumes" in letter("evidence_requested").text
    assert "> The comparator is missing" in letter("return_sent_back").text
    assert "> Two are away" in letter("extension_asked").text
    assert "> We keep no such table" in letter("return_received").text
    assert "> Another body asks the same" in letter("cycle_cancelled").text
    assert "> Write the table" in letter("action_proposed").text
    assert "> Nobody recalls it" in letter("action_disputed").text
    assert "> The data come late" in letter("action_date_asked").text
    assert "Asked for: Thursday 31 December 2026" in letter("action_slipped").text
    assert "To: west-mercia-mayor" in letter("body_succeeded").text


def test_a_request_without_a_day_says_so() -> None:
    """Where the meeting has no day yet, neither has the request."""
    one = letter("evidence_requested", due_on=None)
    assert "set when the meeting has one" in one.text
    assert "None" not in one.subject


def test_the_day_is_the_notices_own() -> None:
    """A notice that was overtaken still says the day that it was about."""
    assert "17:00 on Monday 7 December 2026" in letter("due_moved", due_on=date(2026, 12, 7)).subject


def test_publication_officers_are_asked_to_publish() -> None:
    """The last signature turns the letter from approving to publishing."""
    one = letter("findings_to_sign", to=(), roles=(Role.PUBLICATION_OFFICER,))
    assert one.subject.startswith("Findings to publish")
    assert letter("findings_to_sign").subject.startswith("Findings to approve")


def test_html_is_escaped_once_and_text_not_at_all() -> None:
    """An ampersand is an ampersand."""
    one = letter("evidence_requested", say=" R&D")
    assert "Volumes R&D" in one.text
    assert "Volumes R&amp;D" in one.html
    assert "&amp;amp;" not in one.html


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("evidence_requested", "/tasks/HTA-2026-07/2"),
        ("return_received", "/cycles/HTA-2026-07"),
        ("findings_published", "/findings/HTA-2026-07"),
        ("action_confirmed", "/cycles/HTA-2026-07/actions/2026/015"),
        ("action_slipped", "/cycles/HTA-2026-07/actions/2026/015"),
        ("progress_wanted", "/cycles/HTA-2026-07/actions/2026/015"),
        ("body_succeeded", "/cycles/HTA-2026-07"),
    ],
)
def test_each_notice_points_to_its_page(template: NoticeTemplate, path: str) -> None:
    """Leads go to their task, officers to the cycle, readers to the findings."""
    assert path_of(built.notice(template)) == path


def test_long_titles_end_in_an_ellipsis() -> None:
    """A title is one line of so many characters."""
    assert title("a\nb\tc") == "a b c"
    assert len(title("word " * 100)) <= 80
    assert len(title("x" * 500)) <= 80


def test_a_succession_is_told_with_both_names_as_what_and_why() -> None:
    """In full where they were given; what was recorded late says so."""
    page, words = built.page(), Words()
    names = {"was_name": words.ref("West Mercia Police"), "to_name": words.ref("Mercia Police")}
    late = {"recorded_late": words.ref("We heard of it today"), "what": "force"}
    one = page.cycle.successions[0].model_copy(update={**names, **late})
    cycle = page.cycle.model_copy(update={"successions": (one,)})
    told = page.model_copy(update={"cycle": cycle, "words": {**page.words, **words.kept}})
    text = write(built.notice("body_succeeded"), told, built.PEOPLE, ENVELOPE).text
    assert "What changes: The force" in text
    assert "From: West Mercia Police" in text
    assert "To: Mercia Police" in text
    assert "> We heard of it today" in text


@pytest.mark.parametrize("template", ["comments_due", "comments_missed"])
def test_comments_on_a_report_are_written_of_with_its_name_and_their_last_day(
    template: NoticeTemplate,
) -> None:
    """The day is the law's, so it has no hour of the office's."""
    page, words = built.page(), Words()
    report = InspectionReport(published_on=date(2026, 11, 1), title=words.ref("Calls for help"))
    cycle = page.cycle.model_copy(update={"report": report})
    told = page.model_copy(update={"cycle": cycle, "words": {**page.words, **words.kept}})
    one = write(built.notice(template, due_on=date(2026, 12, 26)), told, built.PEOPLE, ENVELOPE)
    assert "Calls for help" in one.text
    assert "Last day: Saturday 26 December 2026" in one.text
