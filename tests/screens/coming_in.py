"""States that are come to by several pages: the steps of a start, an emailed link, a receipt."""

import json
import re
from base64 import b64encode
from datetime import timedelta
from typing import Any

import httpx
from itsdangerous import TimestampSigner

from tests.screens import worlds as w
from tests.screens.stage import State, World, come, form_of
from tests.web import test_link as links
from tests.web import test_sign_off as sign_off
from tests.web import test_starting as starting
from tests.web.conftest import REF
from tests.web.house import House, hidden_of

TASK = f"/tasks/{REF}/2"


def at_step(step: str) -> State:
    """A step of a draft of which nothing is missing."""

    async def make(house: House) -> httpx.Response:
        name = await starting.ready(house)
        if step == "sent":
            page = (await house.browser.get(f"/cycles/new/{name}/check")).text
            said = hidden_of(page, f"/cycles/new/{name}/send")
            await house.browser.post(f"/cycles/new/{name}/send", data=said)
        return await house.browser.get(f"/cycles/new/{name}/{step}")

    return State(f"start-{step}", "normal", f"/cycles/new/a-draft/{step}", make)


def in_step(step: str, **typed: str) -> State:
    """A step in which something typed is wrong."""
    changes = {name.replace("__", "-"): value for name, value in typed.items()}

    async def make(house: House) -> httpx.Response:
        return await starting.step(house, await starting.ready(house), step, **changes)

    return State(f"start-{step}-wrong", "wrong", f"/cycles/new/a-draft/{step}", make, 422)


def linked(name: str, world: World = w.busy, *, request: int = 2, kind: str = "normal") -> State:
    """What an emailed link opens."""

    async def make(house: House) -> httpx.Response:
        await world(house)
        return await house.browser.get(await links.link_to(house, request))

    return State(name, kind, "/t/a-token", make)


def at_code(name: str, **typed: str) -> State:
    """Where the code is typed."""

    async def make(house: House) -> httpx.Response:
        await w.busy(house)
        path = await links.link_to(house)
        await links.a_code(house, path)
        if typed:
            return await house.browser.fill(f"{path}/code", to=path, **typed)
        return await house.browser.get(f"{path}/code")

    return State(name, "wrong" if typed else "normal", "/t/a-token/code", make, 422 if typed else 200)


def by_link(name: str, path: str, *, status: int = 200) -> State:
    """A page in a session that is for one task alone."""

    async def make(house: House) -> httpx.Response:
        await w.busy(house)
        await links.comes_in(house, await links.link_to(house))
        return await house.browser.get(path)

    return State(name, "scoped", path, make, status)


def answered(name: str) -> State:
    """The receipt of an answer that was checked and sent."""

    async def make(house: House) -> httpx.Response:
        await come(house, w.busy, links.LEAD)
        page = (await house.browser.get(TASK)).text
        _action, said = form_of(page, {"written": "As asked.", "check": "yes"})
        checked = (await house.browser.post(TASK, data=said)).text
        sent: dict[str, Any] = dict(
            re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', checked)
        )
        done = await house.browser.post(TASK, data=sent)
        return await house.browser.get(done.headers["location"])

    return State(name, "normal", f"{TASK}/receipts/1", make)


def choosing_role(name: str) -> State:
    """Somebody has arrived from the sign-in service who holds two roles."""

    async def make(house: House) -> httpx.Response:
        await w.busy(house)
        visit = {
            "arrived": {
                "person": "policy-officer", "account": ["https://issuer.example", "s-1"],
                "roles": ["policy_officer"], "until": (house.memory.now + timedelta(minutes=5)).isoformat(),
            }
        }  # fmt: skip
        signer = TimestampSigner(house.app.state.secret)
        cookie = signer.sign(b64encode(json.dumps(visit).encode())).decode()
        return await house.browser.get("/sign-in/role", headers={"Cookie": f"answerable-visit={cookie}"})

    return State(name, "normal", "/sign-in/role", make)


def signing(way: str, *, wrong: bool = False) -> State:
    """One of the ways on from what waits to be signed."""

    async def make(house: House) -> httpx.Response:
        await come(house, w.to_sign, "commissioner")
        leads = await sign_off.way(house, way)
        page = await house.browser.get(leads)
        if not wrong:
            return page
        action, said = form_of(page.text, {})
        emptied = {
            key: "" if key in ("statement", "note", "reason", "name") else value
            for key, value in said.items()
        }
        return await house.browser.post(action or leads.partition("?")[0], data=emptied)

    kind, status = ("wrong", 422) if wrong else ("normal", 200)
    return State(f"sign-off-{way}{'-wrong' * wrong}", kind, f"/sign-off/{REF}/{way}", make, status)
