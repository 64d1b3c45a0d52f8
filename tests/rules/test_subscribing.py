"""Who may let the outside hear what, and which subscriptions cannot be meant."""

import pytest

from rules.telling import subscribing as rule
from schemas.feed import Cursor, Scope
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.subscriptions import Draft

URL = "https://tracker.example/hooks"


def draft(**changes: object) -> Draft:
    """A subscription that can be meant."""
    facts = {"id": "tracker", "url": URL, "scope": "public", "reason": "The panel's tracker"}
    return Draft.model_validate({**facts, **changes})


def refused(found: Refused | None, code: str) -> Refused:
    """A refusal with this code."""
    assert found is not None
    assert found.code == code, found
    assert found.message.endswith(".")
    return found


@pytest.mark.parametrize(
    ("scope", "role", "may"),
    [
        ("public", Role.POLICY_OFFICER, True),
        ("public", Role.CHIEF_EXECUTIVE, True),
        ("public", Role.COMMISSIONER, False),
        ("public", Role.THEMATIC_LEAD, False),
        ("office", Role.CHIEF_EXECUTIVE, True),
        ("office", Role.POLICY_OFFICER, False),
        ("office", Role.ENGINE, False),
    ],
)
def test_the_chief_executive_alone_lets_everything_out(scope: Scope, role: Role, *, may: bool) -> None:
    """What is public is arranged by whoever changes the office's windows."""
    found = rule.may_arrange(scope, role)
    if may:
        assert found is None
    else:
        assert "chief executive" in refused(found, "not_your_role").message


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "no_address"),
        ("tracker.example", "no_address"),
        ("ftp://tracker.example/x", "no_address"),
        ("https://", "no_address"),
        ("https://tracker.example:port/", "no_address"),
        ("https://tracker.example/a b", "no_address"),
        ("https://tracker.example/#part", "no_address"),
        ("https://[half", "no_address"),
        ("https://me:word@tracker.example/", "secret_in_address"),
        ("http://tracker.example/hooks", "not_https"),
        ("http://127.0.0.1:9000/hooks", "not_https"),
        ("https://127.0.0.1/hooks", "address_inside"),
        ("https://localhost/hooks", "address_inside"),
        ("https://10.1.2.3/hooks", "address_inside"),
        ("https://169.254.169.254/latest", "address_inside"),
        ("https://[::1]/hooks", "address_inside"),
        ("https://[fd00::8]/hooks", "address_inside"),
    ],
)
def test_an_address_where_no_event_is_sent(url: str, code: str) -> None:
    """Each with one sentence that says what to write."""
    refused(rule.check_draft(draft(url=url), loopback=False), code)


def test_an_ordinary_address_is_taken() -> None:
    """And this machine itself where a setting says so."""
    assert rule.check_draft(draft(), loopback=False) is None
    assert rule.check_draft(draft(url="http://127.0.0.1:9000/hooks"), loopback=True) is None
    refused(rule.check_address("http://10.0.0.1/hooks", loopback=True), "not_https")


def test_kinds_are_known_and_public_where_everybody_hears() -> None:
    """A misspelt kind would otherwise be waited for in vain."""
    refused(rule.check_draft(draft(kinds=("FindingPublished",)), loopback=False), "unknown_kind")
    refused(rule.check_draft(draft(kinds=("SensitivityClaimed",)), loopback=False), "kind_not_public")
    assert rule.check_draft(draft(kinds=("FindingsPublished",)), loopback=False) is None
    assert rule.check_draft(draft(kinds=("SlotOpened",), scope="office"), loopback=False) is None


def test_a_reason_is_kept_with_every_subscription() -> None:
    """Blank is none."""
    refused(rule.check_draft(draft(reason="  "), loopback=False), "no_reason")


def test_nobody_has_got_further_than_the_end() -> None:
    """A cursor beyond it would pass over what comes next."""
    assert rule.check_cursor(Cursor(shown=8, position=8), 8) is None
    assert (
        "the newest is 8"
        in refused(rule.check_cursor(Cursor(shown=9, position=9), 8), "cursor_beyond").message
    )
    refused(rule.check_cursor(Cursor(shown=3, position=8), 8), "cursor_beyond")


@pytest.mark.parametrize("text", ["", "-1", "one", "1.2.3", "1.", "٣", "9" * 19, "1.x"])
def test_what_is_not_a_cursor(text: str) -> None:
    """Only what we wrote ourselves is read."""
    if text == "1.":
        assert Cursor.parse(text).text == "1"
        return
    with pytest.raises(ValueError, match="not a cursor"):
        Cursor.parse(text)


def test_a_cursor_is_read_as_it_was_written() -> None:
    """One number, or two where findings brought earlier entries with them."""
    for one in (Cursor(), Cursor(shown=812, position=812), Cursor(shown=812, position=640)):
        assert Cursor.parse(one.text) == one


def test_the_other_refusals_say_what_to_do() -> None:
    """Each has its code and one sentence."""
    for found, code in (
        (rule.wrong_secret(), "wrong_secret"),
        (rule.taken("tracker"), "name_taken"),
        (rule.no_such("tracker"), "no_such_subscription"),
        (rule.over("tracker"), "subscription_over"),
        (rule.no_such_cycle("HTA-2026-99"), "unknown_cycle"),
        (rule.no_such_source("x", ["cycles"]), "unknown_source"),
        (rule.receiver_refused("It is inside."), "address_refused"),
        (rule.too_many(["active"] * rule.MOST), "too_many_subscriptions"),
    ):
        refused(found, code)
    assert rule.too_many(["ended"] * rule.MOST) is None
