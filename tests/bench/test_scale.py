"""The plan for 43 forces: its document is what its sums come to, and its alerts are those that exist."""

from scripts import scale, scale_document
from settings import Settings


def test_the_document_is_fresh() -> None:
    """Whoever changes a number of the plan, or of what it is derived from, writes the document again."""
    assert scale_document.main(["--check"]) == 0


def test_every_alert_that_is_named_exists() -> None:
    """An operator is never sent to an alert that nobody made."""
    assert set(scale.WATCHED) <= set(scale.alerts())


def test_the_retention_is_what_the_compose_file_has() -> None:
    """For one office as for all."""
    assert scale.composed_retention() == scale.RETENTION.value


def test_loads_grow_with_their_cycles() -> None:
    """The least is no more than what is planned for, and that no more than the most."""
    least, planned, most = scale.loads()
    assert least.a_year <= planned.a_year <= most.a_year
    assert planned.in_all == planned.a_year * scale.FORCES.value * scale.YEARS.value
    assert planned.history_bytes(30) < planned.history_bytes(3_650)


def test_what_breaks_first_stands_first() -> None:
    """In the order of how far each is from what is planned for."""
    near = [one.limit / one.planned for one in scale.breaks()]
    assert near == sorted(near)
    assert near[0] < 1 < near[-1]


def test_connections_are_what_the_settings_have() -> None:
    """By default, for each pool."""
    assert Settings.model_fields["database_connections"].default == scale.CONNECTIONS.value
