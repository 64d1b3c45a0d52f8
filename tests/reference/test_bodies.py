"""The register of bodies, forces and panels: each rests on a source; the demonstration is of it."""

from reference.bodies import bodies, registered
from reference.catalogue import demonstration_people, plan, sources


def test_everybody_of_the_register_rests_on_a_source() -> None:
    """With a mark of how sure we are, and an id that is there once."""
    assert {one.source for one in bodies()} <= set(sources())
    assert len({(one.what, one.id) for one in bodies()}) == len(bodies())


def test_what_is_only_announced_decides_nothing() -> None:
    """No last day stands in the register before somebody has read one in law; the note says what is known."""
    [body] = registered("body").values()
    assert body.until_on is None
    assert "May 2028" in body.note
    assert sources()["process.successions"].note


def test_the_office_and_its_people_are_of_the_register() -> None:
    """By the same ids."""
    assert plan().body in registered("body")
    known = {one.id for one in bodies()}
    assert {one.organisation for one in demonstration_people().values()} <= known
