"""Sensitivity: claimed by the force, decided by the office; what is published, never what is seen."""

from datetime import date
from typing import Any, get_args

import pytest

from reference.catalogue import sources
from rules.deciding.sensitivity import a_year_after
from rules.publishing.withholding import GROUNDS, lapsing, withheld_items
from schemas.events import SensitivityLapsed
from schemas.evidence import Ground
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import Table, day, opened


def returned() -> Table:
    """A cycle whose only return is in, with one item."""
    table = opened()
    table.do(s.submit(acts.REF))
    return table


UNTIL = day("2026-09-30")


def test_what_is_claimed_is_withheld_until_it_is_refused() -> None:
    """On the ground that is claimed."""
    table = returned()
    table.do(r.claim_sensitive(UNTIL, paragraph="7"))
    (found,) = withheld_items(table.cycle)
    assert (found.request, found.version, found.item, found.ground) == (1, 1, 1, "safety")
    assert found.paragraph == "7"
    table.do(r.decide_sensitive(upheld=False))
    assert withheld_items(table.cycle) == ()
    assert lapsing(table.cycle) == ()


def test_what_is_upheld_is_withheld_to_its_day_and_then_lapses() -> None:
    """The office may set an earlier day than was claimed; it lapses as that day ends in London."""
    table = returned()
    table.do(r.claim_sensitive(UNTIL), r.decide_sensitive(until_on=day("2026-08-31")))
    (found,) = lapsing(table.cycle)
    assert found.at.isoformat() == "2026-08-31T23:00:00+00:00"
    table.engine(SensitivityLapsed(request=found.request, claim=found.claim))
    assert withheld_items(table.cycle) == ()
    assert lapsing(table.cycle) == ()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"version": 2}, "no_such_version"),
        ({"item": 2}, "no_such_item"),
        ({"until_on": day("2026-06-01")}, "until_past"),
        ({"until_on": day("2027-06-02")}, "until_too_far"),
        ({"actor": s.OTHER_LEAD}, "not_your_request"),
        ({"request": 9}, "no_such_request"),
    ],
)
def test_a_claim_names_an_item_that_is_there_and_a_day_within_a_year(
    facts: dict[str, Any], code: str
) -> None:
    """By somebody who answers for the request."""
    returned().refuse(r.claim_sensitive(**{"until_on": UNTIL, **facts}), code)


def test_an_item_is_claimed_once_and_not_again_on_a_refused_ground() -> None:
    """Another ground is another claim."""
    table = returned()
    table.do(r.claim_sensitive(UNTIL))
    table.refuse(r.claim_sensitive(UNTIL, ground="personal_data"), "already_claimed")
    table.do(r.decide_sensitive(upheld=False))
    table.refuse(r.claim_sensitive(UNTIL), "claim_refused")
    table.do(r.claim_sensitive(UNTIL, ground="personal_data"))


def test_a_claim_is_decided_once_and_never_to_a_later_day() -> None:
    """Nor to one that is past."""
    table = returned()
    table.refuse(r.decide_sensitive(), "no_such_claim")
    table.do(r.claim_sensitive(UNTIL))
    table.refuse(r.decide_sensitive(until_on=day("2026-10-01")), "until_later")
    table.refuse(r.decide_sensitive(until_on=day("2026-05-29")), "until_past")
    table.do(r.decide_sensitive())
    table.refuse(r.decide_sensitive(), "claim_decided")


def test_a_lapsed_claim_is_not_decided_and_may_be_claimed_anew() -> None:
    """Looked at again, as it was meant to be."""
    table = returned()
    table.do(r.claim_sensitive(UNTIL))
    table.engine(SensitivityLapsed(request=1, claim=1))
    assert "has lapsed" in table.refuse(r.decide_sensitive(), "claim_decided").message
    table.do(r.claim_sensitive(UNTIL))


def test_every_ground_rests_on_an_entry_of_the_register() -> None:
    """Local or law, each says how sure it is."""
    assert set(GROUNDS) == set(get_args(Ground))
    assert set(GROUNDS.values()) <= set(sources())


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    """And an ordinary day is itself."""
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2026, 6, 1)) == date(2027, 6, 1)
