"""An officer's judgement waits for the Commissioner, who is told of it, in runs that know of it."""

from rules.telling.notices import known_before, notices
from schemas.notices import Notice
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import held


def told(**changes: object) -> tuple[Notice, ...]:
    """The notices of a judgement."""
    table = held()
    table.do(s.judge(acts.REF).model_copy(update=changes))
    return notices(table.entries[-1], table.cycle)


def test_the_commissioner_is_told_of_an_officers_judgement() -> None:
    """It is not theirs until they confirm it."""
    [notice] = told(actor=s.OFFICER)
    assert (notice.template, notice.to, notice.roles, notice.request) == (
        "judgement_to_confirm",
        (),
        (Role.COMMISSIONER,),
        1,
    )


def test_a_commissioner_who_judges_is_told_nothing() -> None:
    """Nor is an acting one."""
    assert told(actor=s.COMMISSIONER) == ()
    acting = s.COMMISSIONER.model_copy(update={"role": Role.ACTING_COMMISSIONER})
    assert told(actor=acting) == ()


def test_runs_of_before_the_whole_process_do_not_send_it() -> None:
    """A letter more would be one more engine command in a history that was recorded without it."""
    [notice] = told(actor=s.OFFICER)
    assert not known_before(notice)
    assert known_before(notice.model_copy(update={"template": "findings_to_sign"}))
