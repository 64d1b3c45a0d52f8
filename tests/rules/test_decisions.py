"""Decisions: who may exercise which function, on which basis, and what the public reads of them."""

from typing import Any, get_args

import pytest

from rules.deciding.decisions import NOT_ACTING, NOT_DELEGABLE
from rules.publishing.publication import public_facts
from schemas.commands import AnyCommand
from schemas.cycle import DecisionFunction
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, held

DEPUTY = Actor(person="deputy-commissioner", role=Role.DEPUTY_COMMISSIONER)
ACTING = Actor(person="acting-commissioner", role=Role.ACTING_COMMISSIONER)
FUNCTIONS: tuple[DecisionFunction, ...] = get_args(DecisionFunction)


def decision(actor: Actor, function: DecisionFunction = "general", **facts: Any) -> AnyCommand:
    """A decision that exercises a function."""
    return acts.record_decision(actor=actor, function=function, **facts)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_commissioner_exercises_every_function(function: DecisionFunction) -> None:
    """And the record says which."""
    table = held()
    table.do(decision(s.COMMISSIONER, function))
    assert table.cycle.decisions[0].function == function


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("actor", [DEPUTY, s.CHIEF_EXECUTIVE], ids=["deputy", "chief-executive"])
def test_what_cannot_be_delegated_is_not(actor: Actor, function: DecisionFunction) -> None:
    """The plan, money and the chief constable stay with the commissioner."""
    table = held()
    if function in NOT_DELEGABLE:
        assert table.refuse(decision(actor, function), "cannot_be_delegated").field == "function"
    else:
        table.do(decision(actor, function))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_acting_commissioner_does_all_but_the_plan(function: DecisionFunction) -> None:
    """Section 62, as far as it is known."""
    table = held()
    if function in NOT_ACTING:
        table.refuse(decision(ACTING, function), "acting_cannot")
    else:
        table.do(decision(ACTING, function))


def test_a_decision_names_its_basis() -> None:
    """Blank is no basis."""
    held().refuse(acts.record_decision(basis=" "), "no_basis")


def test_reasons_are_withheld_on_a_ground_that_is_named() -> None:
    """Without one the decision is not recorded."""
    table = held()
    assert table.refuse(decision(s.COMMISSIONER, restricted=True), "no_ground").field == "conditions"
    ground = s.say("Commercial interests, Schedule 12A paragraph 3")
    table.do(decision(s.COMMISSIONER, "contract", restricted=True, conditions=ground))
    shown = published(table)["decisions"][0]
    assert (shown["reasons"], shown["ground"], shown["restricted"]) == (None, ground, True)


def test_an_open_decision_is_published_with_its_conditions_and_an_old_one_as_ever() -> None:
    """What was published before reads, and digests, the same."""
    table = held()
    table.do(decision(s.COMMISSIONER), decision(s.COMMISSIONER, conditions=s.say("For one year")))
    first, second = published(table)["decisions"]
    assert set(first) == {"number", "title", "reasons", "basis"}
    assert second["conditions"] == s.say("For one year")


def published(table: Table) -> dict[str, list[dict[str, object]]]:
    """What would be published of it."""
    table.do(s.findings(acts.REF))
    return public_facts(table.cycle, table.cycle.findings[-1])
