"""The precept: five days in February and March, a veto, and what a late one is worth."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.law.calendars import ENGLAND
from schemas.counting import Due, FixedDate, Mark, Rule
from schemas.outcomes import Refused

Direction = Literal["lower", "higher"]
LATE_VETO = (
    "Scrutiny ends, and the commissioner may issue the proposed precept, even over a veto that was decided "
    "but not reported by this day."
)
STARTS = "any day of the financial year before the one for which the precept is issued"


@dataclass(frozen=True, slots=True)
class Deemed:
    """What something comes to in law, in words, and where that is written.

    Source: si-2012-2271.r4
    """

    code: str
    words: str
    source: str


def precept_proposal() -> Rule:
    """The commissioner notifies the panel of the proposed precept by 1 February.

    Source: si-2012-2271.r3
    Units: a fixed day, through its end; it does not roll at weekends.
    """
    return _rule(
        ("precept-proposal", "Proposed precept to the panel", "si-2012-2271.r3", "verified"),
        FixedDate(2, 1),
        "The commissioner notifies the panel of the precept that is proposed.",
        ("No sanction is named. The panel's own day, 8 February, does not move.", "si-2012-2271.r3"),
    )


def precept_report() -> Rule:
    """The panel reviews the proposed precept and reports by 8 February, with any veto in the report.

    Source: si-2012-2271.r4
    Source: prsra-2011.sch5
    Units: a fixed day, through its end; it does not roll at weekends.
    """
    return _rule(
        ("precept-report", "The panel's report on the proposed precept", "si-2012-2271.r4", "verified"),
        FixedDate(2, 8),
        "The panel reviews and reports; it may recommend, or veto by two-thirds of its members at the time, "
        "and a veto says whether the precept is too high or too low.",
        (LATE_VETO, "si-2012-2271.r4"),
        also=("prsra-2011.sch5",),
    )


def precept_revised() -> Rule:
    """After a veto the commissioner answers with a revised precept by 15 February.

    Source: si-2012-2271.r5
    Units: a fixed day, through its end; it does not roll at weekends.
    """
    return _rule(
        ("precept-revised", "Revised precept after a veto", "si-2012-2271.r5", "verified"),
        FixedDate(2, 15),
        "The commissioner answers the panel, publishes the answer, and notifies a revised precept: lower "
        "where the veto said too high, higher where it said too low.",
        ("No sanction is named. The precept cannot be issued until the answer is given.", "si-2012-2271.r5"),
    )


def precept_second_report() -> Rule:
    """The panel reviews the revised precept and reports by 22 February; it cannot veto again.

    Source: si-2012-2271.r6
    Units: a fixed day, through its end; it does not roll at weekends.
    """
    return _rule(
        ("precept-second-report", "The panel's report on the revised precept", "si-2012-2271.r6", "partly"),
        FixedDate(2, 22),
        "The panel reviews the revised precept and reports; it may reject it, which is no second veto.",
        ("Scrutiny ends, and the commissioner may issue the revised precept.", "si-2012-2271.r6"),
    )


def precept_issue() -> Rule:
    """The commissioner answers the second report, publishes the answer and issues the precept by 1 March.

    Source: si-2012-2271.r7
    Source: lgfa-1992.s40
    Units: a fixed day, through its end; it does not roll at weekends.
    """
    return _rule(
        ("precept-issue", "Precept issued after a veto", "si-2012-2271.r7", "partly"),
        FixedDate(3, 1),
        "The commissioner has regard to the second report, answers it, publishes the answer and issues the "
        "precept.",
        ("The duty to issue a precept stays. What follows is for the billing authorities.", "lgfa-1992.s40"),
        also=("lgfa-1992.s40",),
    )


def veto_outcome(due: Due, reported_on: date | None, *, vetoed: bool) -> Deemed:
    """What the panel's report, or its silence, comes to on the proposed precept.

    Source: si-2012-2271.r4
    Source: prsra-2011.sch5
    """
    if reported_on is None or (vetoed and reported_on > due.due_on):
        return Deemed(
            "scrutiny_ended",
            "The end of the scrutiny process is reached: the commissioner may issue the proposed precept"
            + (", notwithstanding the veto, because it was not reported in time." if vetoed else "."),
            "si-2012-2271.r4",
        )
    if vetoed:
        return Deemed(
            "vetoed",
            "The proposed precept may not be issued. A revised precept is due by 15 February.",
            "si-2012-2271.r5",
        )
    return Deemed(
        "reported",
        "The commissioner has regard to the report, answers it and publishes the answer; then scrutiny ends.",
        "prsra-2011.sch5",
    )


def revised_direction(because: Literal["too_high", "too_low"]) -> Direction:
    """Which way a revised precept has to go after a veto: lower when too high, higher when too low.

    Source: si-2012-2271.r5
    """
    return "lower" if because == "too_high" else "higher"


def revised_precept(because: Literal["too_high", "too_low"], proposed: int, revised: int) -> Refused | None:
    """None where a revised precept goes the right way; otherwise a refusal that says which way that is.

    Source: si-2012-2271.r5
    Units: pence at Band D.
    """
    way = revised_direction(because)
    if revised < proposed if way == "lower" else revised > proposed:
        return None
    return Refused(
        code="wrong_direction",
        message=f"The panel vetoed the precept as {because.replace('_', ' ')}: "
        f"the revised precept must be {way} than the one that was proposed.",
        source="si-2012-2271.r5",
        field="revised",
    )


def _rule(
    named: tuple[str, str, str, Mark],
    budget: FixedDate,
    owes: str,
    silence: tuple[str, str],
    also: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        id=named[0],
        title=named[1],
        kind="statutory",
        source=named[2],
        mark=named[3],
        calendar=ENGLAND,
        budget=budget,
        starts=STARTS,
        owes=owes,
        silence=silence[0],
        silence_source=silence[1],
        also=also,
    )
