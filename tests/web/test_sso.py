"""The organisation's own sign-in service, played by a provider of tests over HTTP."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.people import Appointment, Role
from schemas.signed_in import Account
from tests.web.house import House, a_house, hidden_of
from tests.web.session_memory import MemoryAccounts, MemorySessions
from tests.web.sign_in_service import (
    APP_ROLE,
    OFFICER,
    ROLES,
    TENANT,
    come_back,
    oidc_provider_mock,
    there_and,
)
from tests.web.signed_in import ACTING, OWN, held
from web.app import Doorway
from web.door.granting import granting_in
from web.door.sso import Provider

# the provider of tests says on every request that its own library has newer names
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A sign-in service on this machine."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def provider(issuer: str) -> Provider:
    """The service as an office would set it: one tenant, groups and app roles mapped to ours."""
    return Provider(
        issuer=issuer, client_id="answerable", client_secret="invented", tenant=TENANT,
        roles=granting_in(ROLES, "roles.yaml"),
    )  # fmt: skip


@pytest.fixture
async def guarded(tmp_path: Path, provider: Provider) -> AsyncIterator[House]:
    """An office whose people sign in with their organisation."""
    house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=provider))
    async with house.browser:
        yield house


def accounts(house: House) -> MemoryAccounts:
    """Whose account is whose."""
    found = house.rooms.accounts
    assert isinstance(found, MemoryAccounts)
    return found


async def test_somebody_in_the_directory_with_a_group_is_signed_in(guarded: House, issuer: str) -> None:
    """The service says who and which groups; the directory says the title and that the role is in force."""
    answer = await come_back(guarded, issuer, "s-1", OFFICER)
    assert answer.headers.get("location") == "/my-work", answer.text
    assert ": Policy officer" in (await guarded.browser.get("/my-work")).text
    sessions = guarded.rooms.sessions
    assert isinstance(sessions, MemorySessions)
    (session,) = sessions.kept.values()
    assert session.account == Account(issuer, "s-1")


async def test_a_checked_address_links_an_account_once(guarded: House, issuer: str) -> None:
    """From then on the account counts, whatever its address; a second account cannot take the same person."""
    await come_back(guarded, issuer, "s-2", OFFICER)
    assert accounts(guarded).linked == {Account(issuer, "s-2"): "policy-officer"}
    assert [one.what for one in accounts(guarded).log] == ["account linked by its mail address"]
    again = await come_back(guarded, issuer, "s-2", {**OFFICER, "email": "new.name@opcc.example"})
    assert again.headers.get("location") == "/my-work"
    other = await come_back(guarded, issuer, "s-3", OFFICER)
    assert (other.status_code, "give them this: s-3" in other.text) == (403, True)


@pytest.mark.parametrize("verified", [{"email_verified": False}, {"email_verified": "true"}, {}])
async def test_an_address_that_nobody_checked_links_nothing(
    verified: dict[str, Any], guarded: House, issuer: str
) -> None:
    """Whoever may choose their own address could else choose whose work to do."""
    claims = {**{k: v for k, v in OFFICER.items() if k != "email_verified"}, **verified}
    answer = await come_back(guarded, issuer, "s-4", claims)
    assert (answer.status_code, "Ask the office to link it" in answer.text) == (403, True)
    assert not accounts(guarded).linked


async def test_a_service_whose_addresses_are_trusted_links_without_the_claim(
    tmp_path: Path, provider: Provider, issuer: str
) -> None:
    """Entra ID sends no email_verified: there the setting says it for the one tenant."""
    house = a_house(
        tmp_path, standalone=False, doorway=Doorway(provider=replace(provider, mail_trusted=True))
    )
    async with house.browser:
        claims = {k: v for k, v in OFFICER.items() if k != "email_verified"}
        assert (await come_back(house, issuer, "s-5", claims)).headers.get("location") == "/my-work"


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"email": "nobody@opcc.example"}, "not linked to anybody in this office"),
        ({"tid": "another"}, "an account of another organisation"),
        ({"groups": []}, "has no role here"),
        ({"groups": ["unknown-group"]}, "has no role here"),
        ({"groups": "policy_officer"}, "has no role here"),
        ({"groups": ["policy_officer"]}, "has no role here"),
        (
            {"groups": [], "roles": [APP_ROLE]},
            "does not have Policy officer in a role that your account grants",
        ),
        ({"groups": None, "_claim_names": {"groups": "src1"}}, "because they are too many"),
    ],
)
async def test_nobody_else_is(claims: dict[str, Any], says: str, guarded: House, issuer: str) -> None:
    """Another tenant, an unknown person or group, a role not in force: a sentence says whom to ask."""
    answer = await come_back(guarded, issuer, "s-6", {**OFFICER, **claims})
    assert answer.status_code == 403
    assert says in answer.text.replace("&#39;", "'")
    assert (await guarded.browser.get("/my-work")).status_code == 303


async def test_an_account_without_a_tenant_is_another_organisations(guarded: House, issuer: str) -> None:
    """Where one tenant is set, a token that names none is not let in either."""
    claims = {k: v for k, v in OFFICER.items() if k != "tid"}
    assert "another organisation" in (await come_back(guarded, issuer, "s-7", claims)).text


@pytest.mark.parametrize(
    "claims", [{"acr": "mfa"}, {"amr": ["pwd", "phr"]}, {"acr": "0", "amr": ["pwd"]}, {}]
)
async def test_whoever_signed_in_too_easily_is_not_let_in(
    tmp_path: Path, provider: Provider, issuer: str, claims: dict[str, Any]
) -> None:
    """A service that says nothing of how is taken at its weakest; the page says what to do."""
    strict = Doorway(provider=replace(provider, strength=frozenset({"mfa", "phr"})))
    enough = claims in ({"acr": "mfa"}, {"amr": ["pwd", "phr"]})
    house = a_house(tmp_path, standalone=False, doorway=strict)
    async with house.browser:
        assert "acr_values=mfa+phr" in (await house.browser.get("/sign-in/start")).headers["location"]
        answer = await come_back(house, issuer, "s-20", {**OFFICER, **claims})
        assert ("again with its second step" in answer.text) is not enough
        assert (await house.browser.get("/my-work")).status_code == (200 if enough else 303)


async def test_another_state_or_nonce_lets_nobody_in(guarded: House, issuer: str) -> None:
    """Neither an answer to somebody else's question nor a token made for another counts, nor one twice."""
    for changed in ({"state": "theirs"}, {"nonce": "theirs"}):
        answer = await guarded.browser.get(await there_and(guarded, issuer, "s-8", OFFICER, **changed))
        assert (answer.status_code, "did not finish" in answer.text) == (403, True), changed
    back = await there_and(guarded, issuer, "s-8", OFFICER)
    assert (await guarded.browser.get(back)).status_code == 303
    await guarded.browser.fill("/sign-out")
    assert (await guarded.browser.get(back)).status_code == 403
    assert (await guarded.browser.get("/my-work")).status_code == 303


async def test_a_code_brought_to_another_browser_lets_nobody_in(
    guarded: House, tmp_path: Path, provider: Provider, issuer: str
) -> None:
    """The way back is bound to the browser that went."""
    back = await there_and(guarded, issuer, "s-9", OFFICER)
    other = a_house(tmp_path, standalone=False, doorway=Doorway(provider=provider))
    async with other.browser:
        assert (await other.browser.get(back)).status_code == 403


async def test_somebody_who_changes_their_mind_there_is_asked_again(guarded: House) -> None:
    """What the service says about it is never shown: it comes by the address, so anybody can write it."""
    answer = await guarded.browser.get(
        "/sign-in/back?error=access_denied&error_description=Call+0900+123456&state=x"
    )
    assert answer.status_code == 403
    assert "0900" not in answer.text
    assert "Sign in again" in answer.text


async def test_a_token_that_has_expired_lets_nobody_in(tmp_path: Path, provider: Provider) -> None:
    """A token of an hour ago is not a sign-in of now."""
    with oidc_provider_mock.run_server_in_thread(access_token_max_age=timedelta(hours=-1)) as server:
        late = f"http://127.0.0.1:{server.server_port}"
        house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=replace(provider, issuer=late)))
        async with house.browser:
            answer = await come_back(house, late, "s-10", OFFICER)
    assert (answer.status_code, "did not finish" in answer.text) == (403, True)


async def test_a_service_that_is_away_has_a_page(tmp_path: Path, provider: Provider) -> None:
    """It says that the service is somebody else's, and what to do; the public pages are not touched."""
    gone = replace(provider, issuer="http://127.0.0.1:9")
    house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=gone))
    async with house.browser as browser:
        for path in ("/sign-in/start", "/sign-in/back?code=a&state=b"):
            answer = await browser.get(path)
            assert answer.status_code in (503, 403), path
        assert "sign-in cannot be reached" in (await browser.get("/sign-in/start")).text.replace("&#39;", "'")
        assert (await browser.get("/about")).status_code == 200
        assert (await browser.get("/signed-out")).status_code == 200


async def test_a_service_that_goes_away_in_between_has_the_same_page(
    tmp_path: Path, provider: Provider
) -> None:
    """Between the way there and the way back it may fall over."""
    with oidc_provider_mock.run_server_in_thread() as server:
        there = f"http://127.0.0.1:{server.server_port}"
        house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=replace(provider, issuer=there)))
        back = await there_and(house, there, "s-12", OFFICER)
    assert (await house.browser.get(back)).status_code == 503


async def test_somebody_with_several_roles_chooses_one(
    guarded: House, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only of those that the service grants and the directory has today; what is done is in that role."""
    held(monkeypatch, "policy-officer", OWN, ACTING)
    claims = {**OFFICER, "roles": [APP_ROLE, "Answerable.Both"]}
    answer = await come_back(guarded, issuer, "s-13", claims)
    assert answer.headers["location"] == "/sign-in/role"
    assert (await guarded.browser.get("/my-work")).status_code == 303
    page = await guarded.browser.get("/sign-in/role")
    assert re.findall(r'name="role" type="radio" value="(\w+)"', page.text) == [
        "policy_officer", "acting_commissioner",
    ]  # fmt: skip
    form = hidden_of(page.text, "/sign-in/role")
    for wrong in ({}, {"role": "publication_officer"}, {"role": "commissioner"}):
        assert (await guarded.browser.post("/sign-in/role", data={**form, **wrong})).status_code == 422
    done = await guarded.browser.post("/sign-in/role", data={**form, "role": "acting_commissioner"})
    assert done.headers["location"] == "/my-work"
    assert "Acting commissioner, since Monday 1 June 2026" in (await guarded.browser.get("/you")).text


async def test_a_role_that_the_service_does_not_grant_is_not_offered(
    guarded: House, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also later: the page You offers no more than was granted at sign-in."""
    held(monkeypatch, "policy-officer", OWN, ACTING)
    await come_back(guarded, issuer, "s-14", OFFICER)
    page = (await guarded.browser.get("/you")).text
    assert "Act in another role" not in page
    form = {"csrf": hidden_of(page, "/sign-out")["csrf"], "role": "acting_commissioner"}
    assert (await guarded.browser.post("/you/role", data=form)).status_code == 422


async def test_choosing_a_role_may_not_take_for_ever(
    guarded: House, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a quarter of an hour, or where the roles are gone, one signs in again."""
    held(monkeypatch, "policy-officer", OWN, ACTING)
    await come_back(guarded, issuer, "s-15", {**OFFICER, "roles": [APP_ROLE]})
    held(
        monkeypatch,
        "policy-officer",
        Appointment(role=Role.POLICY_OFFICER, from_on=OWN.from_on, to_on=OWN.from_on),
    )
    assert (await guarded.browser.get("/sign-in/role")).headers["location"] == "/sign-in"
    held(monkeypatch, "policy-officer", OWN, ACTING)
    assert (await guarded.browser.get("/sign-in/role")).status_code == 200
    guarded.memory.now += timedelta(minutes=15)
    assert (await guarded.browser.get("/sign-in/role")).headers["location"] == "/sign-in"


async def test_after_signing_out_here_one_may_sign_out_there(guarded: House, issuer: str) -> None:
    """The page names the service's own address for it, with the way back to us."""
    await come_back(guarded, issuer, "s-16", OFFICER)
    out = await guarded.browser.fill("/sign-out")
    assert out.headers["location"] == "/signed-out"
    page = (await guarded.browser.get("/signed-out")).text
    link = re.search(rf'href="({re.escape(issuer)}/oauth2/end_session[^"]+)"', page)
    assert link
    assert "post_logout_redirect_uri=http%3A%2F%2Foffice.test%2Fsigned-out" in link[1]
    assert (await guarded.browser.get("/my-work")).status_code == 303


async def test_outside_a_demonstration_nobody_can_be_chosen(guarded: House, issuer: str) -> None:
    """The list of the demonstration's people is neither shown nor taken, even with a form's right token."""
    assert 'name="person"' not in (await guarded.browser.get("/sign-in")).text
    assert (await guarded.browser.post("/sign-in", data={"person": "commissioner"})).status_code == 403
    await come_back(guarded, issuer, "s-17", OFFICER)
    token = hidden_of((await guarded.browser.get("/you")).text, "/sign-out")["csrf"]
    for more in ({}, {"standalone": "true"}):
        answer = await guarded.browser.post(
            "/sign-in", data={"csrf": token, "person": "commissioner", **more}
        )
        assert answer.status_code == 404
    sessions = guarded.rooms.sessions
    assert isinstance(sessions, MemorySessions)
    assert [one.person for one in sessions.kept.values()] == ["policy-officer"]
