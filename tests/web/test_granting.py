"""The file of roles, and what has to be set before anybody can sign in."""

import re
from pathlib import Path

import pytest

from reference.places import FileError
from settings import Settings, SettingsWrong
from web.app import create_app, doorway_of
from web.door.granting import granting_in


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a-group: policy_oficer", 'line 1, a-group: "policy_oficer" is not known'),
        ("a-group: engine", '"engine" is not known'),
        ("a-group: public", '"public" is not known'),
        ("a-group: [policy_officer, boss]", '"boss" is not known'),
        ("a-group:", "a-group grants nothing"),
        ("- policy_officer", "write names and values here"),
        ("a: b: c", "this is not YAML"),
        ("", "the file is empty"),
    ],
)
def test_a_file_of_roles_that_cannot_be_used_says_where_and_why(text: str, says: str) -> None:
    """At the start, not when the first person signs in."""
    with pytest.raises(FileError, match=re.escape(says)):
        granting_in(text, "roles.yaml")


def test_without_a_sign_in_service_the_pages_do_not_start(tmp_path: Path) -> None:
    """The sentence names the variables that are missing, or the file that cannot be used."""
    secret, roles = tmp_path / "secret", tmp_path / "roles.yaml"
    secret.write_text("x" * 40)
    roles.write_text("a-group: boss")
    with pytest.raises(SettingsWrong, match="ANSWERABLE_OIDC_ISSUER"):
        doorway_of(Settings(standalone=False, session_secret_file=secret))
    with pytest.raises(SettingsWrong, match="ANSWERABLE_SESSION_SECRET_FILE"):
        doorway_of(Settings(standalone=False))
    with pytest.raises(
        SettingsWrong, match=r"ANSWERABLE_OIDC_ROLES_FILE cannot be used\. roles\.yaml, line 1"
    ):
        doorway_of(
            Settings(
                session_secret_file=secret, oidc_issuer="https://x", oidc_client_id="a", oidc_roles_file=roles
            )
        )
    assert doorway_of(Settings(standalone=True)).provider is None


def test_pages_do_not_start_with_a_file_of_the_office_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the first person comes, with the variable that names it."""
    monkeypatch.setenv("ANSWERABLE_STANDALONE", "true")
    monkeypatch.setenv("ANSWERABLE_STARTS_FILE", str(tmp_path / "mine.yaml"))
    with pytest.raises(SettingsWrong, match=r"ANSWERABLE_STARTS_FILE cannot be used\. .*cannot be read"):
        create_app()
