"""The register of bodies, forces and panels that came with the product."""

from functools import cache

import yaml
from pydantic import TypeAdapter

from reference.catalogue import FOLDER
from schemas.successions import Part, Registered

NAME = "bodies.yaml"


@cache
def bodies() -> tuple[Registered, ...]:
    """Everybody of the register, as shipped."""
    facts = yaml.safe_load((FOLDER / NAME).read_text(encoding="utf8"))
    return TypeAdapter(tuple[Registered, ...]).validate_python(facts)


def registered(what: Part) -> dict[str, Registered]:
    """Those of one part, by their ids."""
    return {one.id: one for one in bodies() if one.what == what}
