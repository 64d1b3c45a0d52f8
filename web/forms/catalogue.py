"""Every command's form, by the command's kind."""

from rules.authority import MAY
from schemas.cycle import Cycle
from schemas.people import Role
from web.forms import changes, evidence, opening, outcomes, sessions
from web.forms.form import Form

FORMS: dict[str, Form] = {
    one.kind: one for one in (opening.FORM, *evidence.FORMS, *sessions.FORMS, *outcomes.FORMS, *changes.FORMS)
}


def offers(role: Role, cycle: Cycle) -> list[Form]:
    """What a role may do in a cycle now, in the order in which a cycle goes."""
    if cycle.over:
        return []
    return [
        form for kind, form in FORMS.items() if kind != "OpenCycle" and role in MAY[kind] and form.apt(cycle)
    ]
