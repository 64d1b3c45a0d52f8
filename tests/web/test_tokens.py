"""Tokens: a program acts in a person's name, with less than their rights, and never beside a session."""

from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from tests.web.conftest import REF
from tests.web.house import House, hidden_of
from tests.web.session_memory import MemoryAccounts
from tests.web.signed_in import ACTING, OWN, held, kept, second
from tests.web.test_api import ACCEPT
from tests.web.token_memory import MemoryTokens
from web.door.bearing import new_token, whole

READ = {"name": "Reports", "scopes": ["read"], "days": "30"}


async def made(house: House, person: str = "policy-officer", **form: object) -> str:
    """A token of somebody, as the page shows it once."""
    await house.browser.sign_in(person)
    typed: dict[str, Any] = {**READ, **form}
    page = await house.browser.fill("/you/tokens", **typed)
    assert page.status_code == 200, page.text
    return unescape(page.text.split('<code class="token">')[1].split("<")[0])


async def ask(house: House, token: str, path: str = "/api/v1/cycles", **more: Any) -> httpx.Response:
    """Ask as a program does: with the token, from another place."""
    program = await second(house)
    how = "POST" if "json" in more else "GET"
    header = {"Authorization": f"Bearer {token}"}
    return await program.request(how, path, headers=header, **more)


async def test_a_token_reads_and_no_more_than_its_scopes(busy: House) -> None:
    """What it may do is done; the rest is refused with the scope that is missing."""
    token = await made(busy)
    assert [one["reference"] for one in (await ask(busy, token)).json()] == [REF]
    refused = await ask(busy, token, "/api/v1/commands", json=ACCEPT)
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_scope")
    assert "act:evidence" in refused.json()["message"]
    assert not busy.desk.sent


async def test_an_act_is_the_persons_and_the_token_is_on_record(busy: House) -> None:
    """The actor is the person of the token; the log of access names the token and the act's key."""
    token = await made(busy, scopes=["read", "act:evidence"])
    answer = await ask(busy, token, "/api/v1/commands", json=ACCEPT)
    assert answer.status_code == 200, answer.text
    assert busy.desk.sent[-1].actor.person == "policy-officer"
    assert isinstance(busy.rooms.accounts, MemoryAccounts)
    line = busy.rooms.accounts.log[-1]
    assert "Reports" in line.what
    assert "AcceptReturn, key program-key-1" in line.what


async def test_a_token_has_no_more_rights_than_its_role(busy: House) -> None:
    """A scope is no right: what the role may not do is refused by the rules, as ever."""
    token = await made(busy, scopes=["read", "publish"])
    answer = await ask(busy, token, "/api/v1/commands", json={**ACCEPT, "kind": "Publish", "version": 1})
    assert answer.json()["code"] == "not_your_role"


async def test_it_is_shown_once_and_kept_as_a_digest(house: House) -> None:
    """Sent twice the form makes one token, and nothing that is kept lets anybody in."""
    await house.browser.sign_in("policy-officer")
    page = await house.browser.get("/you/tokens")
    form = {**hidden_of(page.text, "/you/tokens"), **READ}
    first = await house.browser.post("/you/tokens", data=form)
    again = await house.browser.post("/you/tokens", data=form)
    assert "shown only once" in again.text
    keeps = house.rooms.tokens
    assert isinstance(keeps, MemoryTokens)
    assert len(keeps.kept) == 1
    told = first.text.split('<code class="token">')[1].split("<")[0]
    assert told not in repr(keeps.kept)
    assert told not in (await house.browser.get("/you/tokens")).text


@pytest.mark.parametrize(("change", "code"), [("end", "token_ended"), ("wait", "token_expired")])
async def test_what_has_ended_lets_nobody_in(house: House, change: str, code: str) -> None:
    """Ended on the page or by its day: 401 with a sentence."""
    token = await made(house)
    if change == "end":
        await house.browser.fill("/you/tokens", to="/you/tokens/1/end")
    else:
        house.memory.now += timedelta(days=31)
    answer = await ask(house, token)
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_whoever_lost_the_role_lost_the_token(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The role counts at the time of use, not at that of making."""
    held(monkeypatch, "policy-officer", OWN)
    token = await made(house)
    held(monkeypatch, "policy-officer", ACTING)
    answer = await ask(house, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_lost")


@pytest.mark.parametrize(
    "shown",
    ["", "ans_", "ans_" + "a" * 49, "x" * 5000, "ans_\u00e9", new_token()[:-1] + "x"],
    ids=["empty", "its beginning", "made up", "too long", "not ASCII", "mistyped"],
)
async def test_what_is_no_token_is_refused_without_a_look(house: House, shown: str) -> None:
    """Malformed: one sentence, and the store is not asked."""
    answer = await (await second(house)).get(
        "/api/v1/cycles", headers=[(b"Authorization", b"Bearer " + shown.encode())]
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "token_malformed")


async def test_a_token_nobody_made_is_unknown(house: House) -> None:
    """A whole token that the store does not have lets nobody in."""
    assert whole(new_token())
    assert (await ask(house, new_token())).json()["code"] == "token_unknown"


async def test_a_token_in_an_address_is_refused(house: House) -> None:
    """It would end up in logs, whether somebody is signed in or not."""
    token = await made(house)
    answer = await house.browser.get("/api/v1/cycles", params={"access_token": token})
    assert (answer.status_code, answer.json()["code"]) == (400, "token_in_address")


async def test_a_session_and_a_token_never_mix(busy: House) -> None:
    """Beside a token no cookie counts, nor what a session chose; on pages no token does."""
    token = await made(busy)
    await busy.browser.sign_in("chief-executive")
    before = kept(busy).asked
    header = {"Authorization": f"Bearer {token}"}
    assert (await busy.browser.get("/api/v1/cycles", headers=header)).status_code == 200
    assert kept(busy).asked == before
    wrong = {"Authorization": f"Bearer {new_token()}"}
    assert (await busy.browser.get("/api/v1/cycles", headers=wrong)).status_code == 401
    assert (await ask(busy, token, "/my-work")).status_code == 303


async def test_too_many_requests_wait(house: House) -> None:
    """Sixty at once, then 429 with the seconds to wait; after them it goes on."""
    token = await made(house)
    program = await second(house)
    header = {"Authorization": f"Bearer {token}"}
    for _ in range(60):
        assert (await program.get("/api/v1/meetings", headers=header)).status_code == 200
    answer = await program.get("/api/v1/meetings", headers=header)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert answer.json()["code"] == "too_often"
    house.memory.now += timedelta(seconds=1)
    assert (await program.get("/api/v1/meetings", headers=header)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter what the token is for"),
        ({"name": "x" * 61}, "60 characters or fewer"),
        ({"scopes": ["everything"]}, "Select at least one thing"),
        ({"days": "4000"}, "Select how long it lasts"),
    ],
)
async def test_wrong_input_keeps_what_was_typed(house: House, wrong: dict[str, object], said: str) -> None:
    """Each wrong field has its sentence, and nothing is made."""
    await house.browser.sign_in("policy-officer")
    typed: dict[str, Any] = {**READ, **wrong}
    page = await house.browser.fill("/you/tokens", **typed)
    assert page.status_code == 422
    assert said in page.text
    assert isinstance(house.rooms.tokens, MemoryTokens)
    assert not house.rooms.tokens.kept


async def test_nobody_ends_somebody_elses(house: House) -> None:
    """A number of another person's token does nothing."""
    token = await made(house)
    await house.browser.sign_in("chief-executive")
    csrf = hidden_of((await house.browser.get("/sign-out")).text, "/sign-out")["csrf"]
    await house.browser.post("/you/tokens/1/end", data={"csrf": csrf})
    assert (await ask(house, token)).status_code == 200
