"""Write docs/authority.md: who may do what, with whom and at which stage, from the rules' own tables.

`python -m scripts.authority_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import sys
from collections.abc import Sequence

from rules.acting.authority import ACTS, AFTER_CLOSE, MAY
from rules.acting.limits import NOT_AT, ONE_FORUM, OTHER_SIDE, SECOND_PERSON, STAGES, refused_at
from rules.deciding.decisions import NAMES, NOT_ACTING, NOT_DELEGABLE
from schemas.people import Role
from scripts.documents import DOCS, write_or_check

DOCUMENT = DOCS / "authority.md"
AGAIN = "python -m scripts.authority_document"
ROLES = tuple(role for role in Role if any(role in may for may in MAY.values()))
SHORT = {
    Role.COMMISSIONER: "Com",
    Role.DEPUTY_COMMISSIONER: "Dep",
    Role.ACTING_COMMISSIONER: "Act",
    Role.CHIEF_EXECUTIVE: "CE",
    Role.POLICY_OFFICER: "PO",
    Role.PUBLICATION_OFFICER: "Pub",
    Role.CHIEF_CONSTABLE: "CC",
    Role.THEMATIC_LEAD: "Lead",
    Role.FORCE_COORDINATION: "FCo",
    Role.PANEL_SECRETARIAT: "Sec",
}
"""How each role that may command anything is headed in the table."""

HEAD = f"""# Who may do what

This document is made by `{AGAIN}` from the tables that the product itself
asks (`rules/acting/authority.py`, `rules/acting/limits.py`); it is never edited by hand, and a test fails
when it is stale. The same tables are tried at every door: in the rules, on the pages, in the interface for
programs, on the command line and in the running engine.

A role is held on the days of an appointment, where the directory has appointments for somebody; without
any it is held without limit. A deputy may answer for a lead where the directory says so on that day; the
act is then recorded in the deputy's name, for the lead. What is done in an office's name carries the
governing body of that day.
"""


def document() -> str:
    """The whole text."""
    parts = (HEAD, _by_role(), _with_whom(), _functions(), _by_stage())
    return "\n".join(parts)


def _by_role() -> str:
    legend = ", ".join(f"{SHORT[role]} {_words(role)}" for role in ROLES)
    nobody = ", ".join(_words(role) for role in Role if role not in ROLES)
    head = ["Command", *(SHORT[role] for role in ROLES)]
    rows = [
        [f"{ACTS[kind]} (`{kind}`)", *("●" if role in MAY[kind] else "" for role in ROLES)] for kind in MAY
    ]
    return (
        f"## By role\n\n{legend}.\n\n{_table(head, rows)}\n\n"
        f"These roles read and are told, and command nothing: {nobody}.\n"
    )


def _with_whom() -> str:
    second = [[f"`{kind}`", who] for kind, who in SECOND_PERSON.items()]
    sides = ", ".join(f"`{kind}`" for kind in sorted(OTHER_SIDE))
    forums = ", ".join(f"`{kind}`" for kind in ONE_FORUM)
    after = ", ".join(f"`{kind}`" for kind in sorted(AFTER_CLOSE))
    return (
        "## With whom\n\nNot by the same person as:\n\n"
        f"{_table(['Command', 'Not by'], second)}\n\n"
        f"By the other side than the one that proposed the action: {sides}. To take a proposal back is for "
        "the side that made it (`WithdrawAction`).\n\n"
        f"By the panel secretariat for sessions of the panel only: {forums}.\n\n"
        f"Still possible after a cycle has closed: {after}.\n"
    )


def _functions() -> str:
    rows = [
        [
            NAMES[one],
            "●",
            "" if one in NOT_ACTING else "●",
            "" if one in NOT_DELEGABLE else "●",
            "" if one in NOT_DELEGABLE else "●",
        ]
        for one in NAMES
    ]
    head = ["Function", "Commissioner", "Acting", "Deputy", "Chief executive"]
    return (
        "## Which functions a decision may exercise\n\nFrom sections 18(7) and 62 of the Police Reform and "
        "Social Responsibility Act 2011, **not verified** against their words; what the chief executive "
        "decides follows the office's own scheme of consent (local).\n\n"
        f"{_table(head, rows)}\n"
    )


def _by_stage() -> str:
    head = ["Command", *(stage.replace("_", " ") for stage in STAGES)]
    rows = [
        [f"`{kind}`", *("no" if refused_at(kind, stage) else "●" for stage in STAGES)]
        for kind in MAY
        if kind != "OpenCycle"
    ]
    special = ", ".join(f"`{kind}`" for kind in NOT_AT)
    return (
        "## By stage\n\nStages describe; they never block a lawful act. *No* is what the stage alone rules "
        f"out; ● may still be refused for what it needs, such as a return to accept. {special} is refused "
        "once findings are published: they are corrected or withdrawn.\n\n"
        f"{_table(head, rows)}\n"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _words(role: Role) -> str:
    return role.value.replace("_", " ")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
