"""Who may ask what-if: a read that costs seconds of a machine, and shows all that the office knows."""

from schemas.outcomes import Refused
from schemas.people import SIDE, Role

MAY_SUPPOSE = frozenset(role for role in Role if SIDE[role] == "opcc")
"""The office's own people. The force and the panel read what came of things, not what may come of them."""


def may_suppose(role: Role) -> Refused | None:
    """A refusal where somebody's role may not ask what would come of a supposition.

    Source: process.commands
    """
    if role in MAY_SUPPOSE:
        return None
    return Refused(
        code="not_for_the_office",
        message=f"As {role.value.replace('_', ' ')} you may not ask what would come of a supposition. "
        "Ask the office's policy officer.",
        source="process.commands",
    )
