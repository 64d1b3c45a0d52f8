"""Which files may be opened, who lets one go, who is told of a virus, and what is not published."""

from datetime import UTC, datetime

import pytest

from rules.publishing.held_files import files_held, named_files
from rules.scanning import STATES, held, infected_notices, release
from schemas.cycle import Cycle
from schemas.evidence import FileItem
from schemas.files import Release, Scan, ScanState
from schemas.outcomes import Refused
from schemas.people import Person, Role
from tests import scenario as s
from tests.rules.table import signed

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DIGEST = "a" * 64
FILE = FileItem(digest=DIGEST, size=3, media_type="text/plain", name=s.say("a.txt"))
CHIEF = Person(id="chief-executive", title="Chief executive", role=Role.CHIEF_EXECUTIVE, organisation="o")
OFFICER = Person(id="policy-officer", title="Officer", role=Role.POLICY_OFFICER, organisation="o")


def scan(state: ScanState, **changes: object) -> Scan:
    """A file in a state."""
    return Scan.model_validate({"digest": DIGEST, "state": state, **changes})


def with_file() -> Cycle:
    """A signed cycle whose first return is one file."""
    cycle = signed().cycle
    first = cycle.requests[0]
    back = first.returns[-1].model_copy(update={"items": (FILE,)})
    asked = first.model_copy(update={"returns": (back,)})
    return cycle.model_copy(update={"requests": (asked, *cycle.requests[1:])})


@pytest.mark.parametrize(
    ("state", "opens", "released", "demonstration"),
    [
        ("clean", True, True, True),
        ("waiting", False, False, True),
        ("not_scanned", False, True, True),
        ("too_large", False, True, False),
        ("encrypted", False, True, False),
        ("infected", False, False, False),
    ],
)
def test_only_what_is_clean_or_released_opens(
    state: ScanState, *, opens: bool, released: bool, demonstration: bool
) -> None:
    """An infected file never does, whoever released it; a demonstration opens what nobody scanned."""
    let_go = scan(state, released_at=AT, released_by="chief-executive", released_because="Because.")
    assert (held(scan(state)) is None) is opens
    assert (held(let_go) is None) is released
    assert (held(scan(state), unscanned_open=True) is None) is demonstration


def test_a_file_of_which_nothing_is_known_is_held() -> None:
    """Every refusal is named by its state and says what to do."""
    unknown = held(None)
    assert unknown is not None
    assert unknown.code == "file_waiting"
    for state in STATES:
        refused = held(scan(state))
        assert refused is None or refused.code == f"file_{state}"


def test_two_people_may_release_with_a_reason_and_nobody_else() -> None:
    """What waits, is clean or infected cannot be released at all."""
    why = "Checked on a computer of its own."
    made = release(DIGEST, scan("not_scanned"), "HTA-2026-01", CHIEF, f" {why} ", at=AT)
    assert isinstance(made, Release)
    assert (made.by, made.reason) == ("chief-executive", why)
    for file, by, reason, code in (
        (scan("not_scanned"), OFFICER, why, "may_not_release"),
        (scan("infected"), CHIEF, why, "not_releasable"),
        (scan("waiting"), CHIEF, why, "not_releasable"),
        (scan("encrypted"), CHIEF, "ok", "reason_too_short"),
    ):
        refused = release(DIGEST, file, "HTA-2026-01", by, reason, at=AT)
        assert isinstance(refused, Refused)
        assert refused.code == code


def test_whoever_was_asked_is_told_of_a_virus_once_for_each_request() -> None:
    """With the policy officers; of a file that stands nowhere nobody is."""
    (told,) = infected_notices(with_file(), DIGEST, AT)
    assert (told.template, told.request, told.roles) == ("file_infected", 1, (Role.POLICY_OFFICER,))
    assert told.to == (with_file().requests[0].draft.lead,)
    assert infected_notices(with_file(), "b" * 64, AT) == ()


def test_findings_that_name_a_held_file_are_not_published() -> None:
    """Once it is clean, released, or was never on the shelf, nothing keeps them back."""
    cycle = with_file()
    version = cycle.findings[-1]
    assert named_files(cycle, version) == (DIGEST,)
    for file, lenient, refused in (
        (scan("clean"), False, False),
        (scan("waiting"), False, True),
        (scan("waiting"), True, False),
        (scan("infected"), True, True),
    ):
        found = files_held(cycle, version, {DIGEST: file}, unscanned_open=lenient)
        assert (found is not None) is refused
        assert found is None or found.code == "files_held"
    assert files_held(cycle, version, {}, unscanned_open=False) is None
