"""A state of a screen: an office in memory brought to where it is looked at, and its answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import lxml.html

from tests.web.house import House, a_house

World = Callable[[House], Awaitable[None]]
Make = Callable[[House], Awaitable[httpx.Response]]
KINDS = {
    "normal": "as it mostly is",
    "empty": "nothing is there yet",
    "many": "sixty things are there",
    "long": "long words without a space",
    "wrong": "something typed is wrong",
    "refused": "the rules refuse it",
    "stale": "somebody else was sooner",
    "late": "a deadline has passed",
    "closed": "it is over",
    "down": "the record or the engine is away",
    "waiting": "the engine has not said yes or no",
    "missing": "there is no such thing",
    "forbidden": "it is not for this person",
    "scoped": "a session that is for one task alone",
}


class NotReached(Exception):  # noqa: N818 - what was found, not what broke
    """A state cannot be come to as its row says."""


@dataclass(frozen=True)
class State:
    """One way in which a screen is met."""

    name: str
    kind: str
    path: str
    """Where the browser is, without a query."""
    make: Make
    status: int = 200
    house: Callable[[Path], House] = a_house
    says: str = ""
    """Words that stand on the page, so that it is known to be the state that is meant."""


@dataclass(frozen=True)
class Screen:
    """A screen of the product with its addresses and every state in which it is looked at."""

    name: str
    routes: tuple[str, ...]
    states: tuple[State, ...]


def seen(
    name: str,
    world: World,
    path: str,
    who: str = "",
    /,
    *,
    kind: str = "normal",
    status: int = 200,
    says: str = "",
    down: bool = False,
) -> State:
    """A page that is opened."""  # fmt: skip

    async def make(house: House) -> httpx.Response:
        await come(house, world, who)
        house.memory.down = down
        return await house.browser.get(path)

    return State(name, kind, path.partition("?")[0], make, status, says=says)


def sent(
    name: str,
    world: World,
    path: str,
    who: str = "",
    /,
    *,
    kind: str = "wrong",
    status: int = 422,
    says: str = "",
    meanwhile: World | None = None,
    down: bool = False,
    **typed: Any,
) -> State:
    """A form that is opened, filled in and sent; between the two something else may happen."""  # fmt: skip

    async def make(house: House) -> httpx.Response:
        await come(house, world, who)
        page = await house.browser.get(path)
        assert page.status_code == 200, f"{path}: {page.status_code}"
        action, said = form_of(page.text, typed)
        if meanwhile:
            await meanwhile(house)
        house.memory.down = down
        return await house.browser.post(action or path.partition("?")[0], data=said)

    return State(name, kind, path.partition("?")[0], make, status, says=says)


async def come(house: House, world: World, who: str) -> None:
    """Bring the office to where it is, and sign somebody in."""
    await world(house)
    if who:
        answer = await house.browser.sign_in(who)
        assert answer.status_code == 303, answer.text


def form_of(page: str, typed: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Where the form with these fields goes, and all that a browser would send of it; `__` for a dash."""
    changes = {name.replace("__", "-"): value for name, value in typed.items()}
    main = lxml.html.fromstring(page.encode()).find(".//main")
    forms = [one for one in main.iter("form") if one.method == "POST"]
    assert forms, "there is no form on the page"
    one = max(forms, key=lambda form: len(set(changes) & set(form.fields.keys())))
    said: dict[str, Any] = {}
    for name, value in one.form_values():
        said.setdefault(name, []).append(value)
    return one.action or "", said | changes


async def answer_of(state: State, home: Path) -> httpx.Response:
    """The answer of a state, out of an office of its own.

    Raises: NotReached: the page came otherwise than the state's row has it.
    """
    house = state.house(home)
    async with house.browser:
        answer = await state.make(house)
    if answer.status_code != state.status:
        there = answer.headers.get("location", "a page")
        raise NotReached(f"it answers {answer.status_code} with {there} instead of {state.status}")
    if state.says not in answer.text:
        raise NotReached(f"it does not say {state.says!r}")
    return answer
