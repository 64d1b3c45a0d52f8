"""The measures of this folder, as they are shown in public."""

from functools import cache

import yaml
from pydantic import TypeAdapter

from reference.catalogue import FOLDER
from schemas.measures import Measure

NAME = "measures.yaml"


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure that is shown in public, in the order of the file."""
    facts = yaml.safe_load((FOLDER / NAME).read_text(encoding="utf8"))
    return TypeAdapter(tuple[Measure, ...]).validate_python(facts)
