"""Who may read what the engine keeps."""

from datetime import UTC, datetime, timedelta

import pytest

from reference.catalogue import demonstration_people
from rules.acting.decoding import MAY_DECODE, decode_for
from schemas.decoding import Decoding
from schemas.outcomes import Refused
from schemas.people import Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHY = "A cycle stands still and support asks what the engine has."
ONE = demonstration_people()["chief-executive"]


@pytest.mark.parametrize("role", Role)
def test_the_statutory_officers_alone_may_and_for_half_an_hour(role: Role) -> None:
    """Whoever may open every restricted cycle: they are among what is read."""
    made = decode_for(ONE.model_copy(update={"role": role}), f" {WHY} ", NOW)
    if role in MAY_DECODE:
        assert isinstance(made, Decoding)
        assert (made.reason, made.until - made.at) == (WHY, timedelta(minutes=30))
    else:
        assert isinstance(made, Refused)
        assert made.code == "may_not_decode"
    assert {Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER} == MAY_DECODE


@pytest.mark.parametrize("reason", ["", "because", "because it"])
def test_without_a_sentence_nobody_may(reason: str) -> None:
    """The field is named."""
    made = decode_for(ONE, reason, NOW)
    assert isinstance(made, Refused)
    assert (made.code, made.field) == ("reason_too_short", "reason")
