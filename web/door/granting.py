"""Which of our roles a group or a role of the sign-in service grants, as a file of the office says."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from reference.places import Place, text_of
from schemas.people import Person, Role

GRANTABLE = tuple(role for role in Role if role not in (Role.ENGINE, Role.PUBLIC))
PLAIN: Mapping[str, tuple[Role, ...]] = {role.value: (role,) for role in GRANTABLE}
"""Without a file: the service's roles are named as ours."""


def granting(file: Path | None) -> Mapping[str, tuple[Role, ...]]:
    """What each group or role of theirs grants.

    Raises: FileError: the file cannot be read, or names a role that there is not.
    """
    if file is None:
        return PLAIN
    return granting_in(text_of(file), file.name)


def granting_in(text: str, name: str) -> Mapping[str, tuple[Role, ...]]:
    """What a file of lines such as `Answerable.Officer: policy_officer` says.

    Raises: FileError: it is not such a file, or a role is unknown.
    """
    entries = Place.of(text, name).entries()
    for one, at in entries.items():
        if not at.each():
            raise at.error(f"{one} grants nothing; write one of our roles after it")
    return {one: tuple(Role(role.one_of(PLAIN)) for role in at.each()) for one, at in entries.items()}


def granted(
    claims: Mapping[str, object], named: Iterable[str], roles: Mapping[str, tuple[Role, ...]]
) -> set[Role]:
    """The roles that the claims of these names grant."""
    lists = (claims.get(name) for name in named)
    said = {str(one) for found in lists if isinstance(found, list) for one in found}
    return {role for one in said for role in roles.get(one, ())}


def in_order(roles: Iterable[Role], person: Person) -> tuple[Role, ...]:
    """Roles in the order in which they are offered: the person's usual one first."""
    return tuple(sorted(roles, key=lambda role: (role != person.role, GRANTABLE.index(role))))
