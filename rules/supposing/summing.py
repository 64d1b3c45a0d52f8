"""The answer in one sentence, and the letters that one run has and the other has not."""

from collections import Counter
from collections.abc import Iterable

from rules.clocks import london
from rules.supposing.comparing import Both
from rules.supposing.courses import Sent
from schemas.supposing import Letter, Row

About = tuple[str, int | None, str | None, int | None]


def summary(both: Both, rows: Iterable[Row], letters: int) -> str:
    """What is supposed and what comes of it, in one sentence.

    Source: process.clocks
    """
    every = tuple(rows)
    missed = sum(one.newly_missed for one in every)
    moved = sum(one.due_before != one.due_after for one in every)
    if not missed and not moved and not letters:
        return f"If {_supposed(both)}, nothing that is owed would move, and nothing more would be missed."
    told = [
        f"{_count(missed, 'thing', 'things')} would be missed that "
        f"{'is' if missed == 1 else 'are'} kept as things stand"
        if missed
        else "nothing would be missed that is kept as things stand",
        f"{_count(moved, 'day', 'days')} would move" if moved else "no day would move",
        f"{_count(letters, 'more letter', 'more letters')} would go out"
        if letters
        else "no more letters would go out",
    ]
    return f"If {_supposed(both)}, {_listed(told)}."


def more_letters(both: Both) -> tuple[tuple[Letter, ...], int]:
    """The letters that would go out additionally, in order, and how many would not go out any more.

    A letter is the same in both runs where it says the same about the same thing, on whatever day.

    Source: process.clocks
    """
    before, after = (Counter(_about(one) for one in run.sent) for run in (both.before, both.after))
    extra = after - before
    letters = []
    for sent in both.after.sent:
        about = _about(sent)
        if extra[about] > 0:
            extra[about] -= 1
            letters.append(_letter(sent))
    return tuple(sorted(letters, key=lambda one: one.at)), (before - after).total()


def _about(sent: Sent) -> About:
    notice = sent[0]
    return (notice.template, notice.request, notice.action, notice.rung)


def _letter(sent: Sent) -> Letter:
    notice, told = sent
    return Letter(
        template=notice.template,
        at=notice.planned_at,
        to=told,
        request=notice.request,
        action=notice.action,
    )


def _supposed(both: Both) -> str:
    """The suppositions in words."""
    supposed, said = both.supposed, []
    if supposed.force_late_days == "silent":
        said.append("the force sends nothing")
    elif supposed.force_late_days:
        said.append(f"every return comes {_count(supposed.force_late_days, 'working day')} late")
    if both.moved:
        said.append(f"the session moves to {london(both.moved[1].starts_at):%A %-d %B %Y}")
    if supposed.holidays:
        days = _listed([f"{day:%-d %B %Y}" for day in supposed.holidays])
        said.append(f"{days} {'is a bank holiday' if len(supposed.holidays) == 1 else 'are bank holidays'}")
    if supposed.office_late_days:
        said.append(f"the office looks at returns {_count(supposed.office_late_days, 'working day')} later")
    return _listed(said)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _listed(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
