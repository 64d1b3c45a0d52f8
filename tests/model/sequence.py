"""Sequences played to their end; and of one that goes wrong, the shortest that still does."""

from collections.abc import Sequence

from schemas.evidence import RequestDraft
from tests.model.after import check
from tests.model.lane import Lane
from tests.model.maker import Maker
from tests.model.play import Play, Step

STEPS = 14
"""Random steps of one sequence, after those that bring it to where it begins."""


async def play_one(lane: Lane, seed: int, kinds: Sequence[str] = ()) -> Play:
    """Play the sequence of a seed to its end.

    Raises: MismatchError: the engine and the model do not agree; its notes tell how to see it again.
    """
    maker = Maker(seed, kinds)
    play = Play(lane, maker.drafts())
    try:
        await play.open()
        for step in maker.begin(play.ref):
            await play.take(step)
        for _ in range(STEPS):
            await play.take(maker.next(play))
        await check(play)
    except Exception as error:
        short = await shortest(lane, play)
        error.add_note(script(seed, play, short))
        raise
    return play


async def fails(lane: Lane, drafts: tuple[RequestDraft, ...], steps: Sequence[Step]) -> Play | None:
    """The play of these steps if it goes wrong."""
    play = Play(lane, drafts)
    try:
        await play.open()
        for step in steps:
            await play.take(step)
        await check(play)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is looked for
        play.said.append(f"!! {type(error).__name__}: {error}")
        return play
    return None


async def shortest(lane: Lane, play: Play) -> Play | None:
    """Drop steps one by one as long as what is left still goes wrong; None if it cannot be seen again."""
    steps = list(play.steps)
    best = await fails(lane, play.drafts, steps)
    if best is None:
        return None
    for place in reversed(range(len(steps) - 1)):
        fewer = steps[:place] + steps[place + 1 :]
        if found := await fails(lane, play.drafts, fewer):
            steps, best = fewer, found
    return best


def script(seed: int, play: Play, short: Play | None) -> str:
    """What happened, to be read, and how to play it again."""
    drafts = [f"  request {n}: {one.lead}, {one.due}, parts {len(one.asked)}, certify {one.certify}"
              for n, one in enumerate(play.drafts, start=1)]  # fmt: skip
    full = [f"  {n}. {line}" for n, line in enumerate(play.said, start=1)]
    few = (
        [f"  {n}. {line}" for n, line in enumerate(short.said, start=1)]
        if short
        else ["  it did not happen again"]
    )
    return "\n".join(
        [
            f"seed {seed}: pytest tests/model --sequences 1 --seed {seed}",
            *drafts,
            "all steps:",
            *full,
            "the fewest that still go wrong:",
            *few,
        ]
    )
