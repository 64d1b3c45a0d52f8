"""The delivery plan as its page shows it: each commitment by quarter, rated by rule and by the office."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handover.cells import written
from rules.calendars import WorkingCalendar
from rules.programme.rating import WORST, Facts, Rated, rated
from rules.timing.spans import quarters_back
from schemas.calendar import MeasureFigure
from schemas.measures import Measure
from schemas.plans import Commitment, Plan
from schemas.programme import Assessment, Rating
from schemas.programme.rows import Asked
from web.pictures.quarters import Filled, Line, grid, quarter
from web.programme.board import Board

QUARTERS = 4
WORDS: dict[Rating, str] = {"red": "Red", "amber": "Amber", "green": "Green", "none": "Not rated"}
TONES: dict[Rating, str] = {"red": "bad", "amber": "watch", "green": "good", "none": "none"}
SIGNS: dict[Rating, str] = {"red": "▲", "amber": "◆", "green": "●", "none": ""}
"""A shape beside each word, which no printer and no eye mistakes."""
HEADS = (
    "Objective", "Commitment", "What it says", "Quarter", "By rule", "Rating", "Why the rule says so",
    "Why it is not the rule's", "Narrative",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One commitment in one quarter: what the rule says now, and what the office wrote."""

    commitment: Commitment
    objective: str
    theme: str
    rule: Rated
    assessment: Assessment | None
    narrative: str
    because: str

    @property
    def rating(self) -> Rating:
        """What holds: the office's word where it wrote one, the rule's otherwise."""
        return self.assessment.rating if self.assessment else self.rule.rating


def facts_of(
    ref: str, asked: Asked | None, measures: Iterable[Measure], figures: Sequence[MeasureFigure]
) -> Facts:
    """What is known of a commitment by which it can be rated."""
    newest = {one.id: _newest(one.id, figures) for one in measures if ref in one.commitments}
    return Facts(
        judgement=asked.judgement if asked else None,
        judged_in=(asked.judged_in or "") if asked else "",
        open_actions=asked.open_days if asked else (),
        figures=tuple(
            (one, figure.value, figure.period) for one in measures if (figure := newest.get(one.id))
        ),
    )


def _newest(measure: str, figures: Iterable[MeasureFigure]) -> MeasureFigure | None:
    return max((one for one in figures if one.measure == measure), key=lambda one: one.period, default=None)


@dataclass(frozen=True)
class Known:
    """What everything is rated by."""

    board: Board
    asked: Mapping[str, Asked]
    measures: Sequence[Measure]
    figures: Sequence[MeasureFigure]
    calendar: WorkingCalendar


def standings(known: Known, plan: Plan, quarter_on: date) -> list[Standing]:
    """Every commitment of the plan in one quarter."""
    return [
        standing(known, one, (objective.id, objective.title), quarter_on)
        for objective in plan.objectives
        for one in objective.commitments
    ]


def standing(known: Known, one: Commitment, objective: tuple[str, str], quarter_on: date) -> Standing:
    """One commitment in one quarter."""
    board = known.board
    found = board.programme.assessed(one.ref, quarter_on) if board.programme else None
    facts = facts_of(one.ref, known.asked.get(one.ref), known.measures, known.figures)
    return Standing(
        commitment=one,
        objective=objective[1],
        theme=objective[0],
        rule=rated(facts, board.today, known.calendar),
        assessment=found,
        narrative=board.say(found.narrative) if found else "",
        because=board.say(found.because) if found else "",
    )


def counts(found: Iterable[Standing]) -> list[tuple[str, str, int]]:
    """How many are rated how, the worst first: sign, words, count."""
    counted = Counter(one.rating for one in found)
    return [(SIGNS[name], WORDS[name], counted[name]) for name in WORST if counted[name]]


def table(known: Known, found: Sequence[Standing], quarter_on: date, *, may_write: bool) -> Markup:
    """Commitment by quarter: the chosen one and those before it."""
    quarters = quarters_back(quarter_on, QUARTERS)
    lines = (
        Line(
            one.commitment.ref, one.commitment.text,
            tuple(_cell(known, one, on, chosen=on == quarter_on, link=may_write) for on in quarters),
            f"/plan/{one.commitment.ref.lower()}",
        )
        for one in found
    )  # fmt: skip
    heads = tuple(quarter(on) for on in quarters)
    return grid("How each commitment is delivered, quarter by quarter", heads, lines)


def _cell(known: Known, one: Standing, on: date, *, chosen: bool, link: bool) -> Filled:
    ref, programme = one.commitment.ref, known.board.programme
    if chosen:
        more = one.narrative or one.rule.because[0]
        tail = " (office)" if one.assessment and one.assessment.overridden else ""
        return Filled(f"{SIGNS[one.rating]} {WORDS[one.rating]}{tail}".strip(), TONES[one.rating],
                      f"/plan/manage/{ref.lower()}?quarter={on:%Y-%m}" if link else "", more)  # fmt: skip
    said = programme.assessed(ref, on) if programme else None
    if said is None:
        return Filled("Nothing written", "none")
    return Filled(f"{SIGNS[said.rating]} {WORDS[said.rating]}".strip(), TONES[said.rating],
                  more=known.board.say(said.narrative))  # fmt: skip


def as_csv(found: Iterable[Standing], quarter_on: date) -> str:
    """The whole quarter as a table for a spreadsheet; what somebody typed can never be a formula in it."""
    rows = (
        (
            one.objective, one.commitment.ref, one.commitment.text, quarter(quarter_on),
            WORDS[one.assessment.by_rule if one.assessment else one.rule.rating], WORDS[one.rating],
            " ".join(one.rule.because), one.because, one.narrative,
        ) for one in found
    )  # fmt: skip
    # the text of a snapshot is frozen under its digest: its lines end as they always have
    return written(HEADS, rows, ending="\n").decode()
