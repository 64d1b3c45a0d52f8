"""The organisation's own sign-in service, played by a provider of tests."""

import re
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from authlib.deprecate import AuthlibDeprecationWarning

from reference.catalogue import demonstration_people
from schemas.people import Person, Role
from settings import Settings, SettingsWrong
from tests.web.house import House, a_house
from web.app import Doorway, doorway_of
from web.door.sso import Provider, in_role

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    import oidc_provider_mock

# the provider of tests says on every request that its own library has newer names
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

OFFICER = demonstration_people()["policy-officer"]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A sign-in service on this machine."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
async def guarded(tmp_path: Path, issuer: str) -> AsyncIterator[House]:
    """An office whose people sign in with their organisation."""
    provider = Provider(issuer=issuer, client_id="answerable", client_secret="invented")
    house = a_house(tmp_path, standalone=False, doorway=Doorway(provider=provider))
    async with house.browser:
        yield house


async def come_back(house: House, issuer: str, sub: str, claims: dict[str, Any]) -> httpx.Response:
    """Go to the service, sign in there as somebody, and come back."""
    gone = await house.browser.fill("/sign-in", to="/sign-in/start")
    there = gone.headers["location"]
    assert "code_challenge_method=S256" in there
    async with httpx.AsyncClient() as other:
        await other.put(f"{issuer}/users/{sub}", json=claims)
        allowed = await other.post(there, data={"sub": sub})
    back = re.sub(r"^https?://[^/]+", "", allowed.headers["location"])
    return await house.browser.get(back)


async def test_somebody_in_the_directory_with_a_role_is_signed_in(guarded: House, issuer: str) -> None:
    """The service says who and which roles; the directory says the title."""
    answer = await come_back(guarded, issuer, "policy-officer", {"roles": ["policy_officer"]})
    assert answer.headers.get("location") == "/my-work", answer.text
    assert "Policy officer: sign out" in (await guarded.browser.get("/my-work")).text


@pytest.mark.parametrize(
    ("sub", "roles", "says"),
    [
        ("stranger", ["policy_officer"], "not in this office"),
        ("policy-officer", [], "no role here"),
        ("policy-officer", ["engine"], "no role here"),
    ],
)
async def test_nobody_else_is(guarded: House, issuer: str, sub: str, roles: list[str], says: str) -> None:
    """Without an entry or a role a sentence says whom to ask."""
    answer = await come_back(guarded, issuer, sub, {"roles": roles})
    assert answer.status_code == 403
    assert says in answer.text
    assert (await guarded.browser.get("/my-work")).status_code == 303


async def test_outside_a_demonstration_nobody_can_be_chosen(guarded: House) -> None:
    """The list of the demonstration's people is neither shown nor taken."""
    page = await guarded.browser.get("/sign-in")
    assert "Commissioner</button>" not in page.text
    token = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert token
    answer = await guarded.browser.post("/sign-in", data={"csrf": token[1], "person": "commissioner"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("claimed", "role"),
    [
        (["policy_officer", "commissioner"], Role.POLICY_OFFICER),
        (["commissioner"], Role.COMMISSIONER),
        (["nonsense", "publication_officer"], Role.PUBLICATION_OFFICER),
    ],
)
def test_the_directorys_role_stands_where_it_is_granted(claimed: list[str], role: Role) -> None:
    """With several roles the directory's is taken, else the first that is known."""
    found = in_role(OFFICER, claimed)
    assert isinstance(found, Person)
    assert found.role == role


@pytest.mark.parametrize("claimed", [None, "policy_officer", {"policy_officer": True}, [], ["engine"]])
def test_a_claim_that_grants_nothing_signs_nobody_in(claimed: object) -> None:
    """Only a list of known roles grants one."""
    assert isinstance(in_role(OFFICER, claimed), str)


def test_without_a_sign_in_service_the_pages_do_not_start(tmp_path: Path) -> None:
    """The sentence names the variables that are missing."""
    secret = tmp_path / "secret"
    secret.write_text("x" * 40)
    with pytest.raises(SettingsWrong, match="ANSWERABLE_OIDC_ISSUER"):
        doorway_of(Settings(standalone=False, session_secret_file=secret))
    with pytest.raises(SettingsWrong, match="ANSWERABLE_SESSION_SECRET_FILE"):
        doorway_of(Settings(standalone=False))
    assert doorway_of(Settings(standalone=True)).provider is None
