"""Forums from a file: read, checked, and refused with the file, the forum and the field."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from reference.catalogue import FOLDER, sources
from reference.places import FileError, text_of
from reference.standing import plain
from reference.windows import windows
from rules.meeting.votes import MAJORITIES
from schemas.sessions import Forum, ForumRules, OfficeForum

NAME = "forums.yaml"
CUTOFF = "question-cutoff"


@cache
def forums() -> Mapping[str, OfficeForum]:
    """The forums that came with the product, by their ids."""
    return forums_in((FOLDER / NAME).read_text("utf8"), NAME)


def forums_of(file: Path | None) -> Mapping[str, OfficeForum]:
    """The forums of an office's own file, or those that came with the product.

    Raises: FileError: the file cannot be read, or something in it cannot be meant.
    """
    return forums() if file is None else forums_in(text_of(file), file.name)


def forums_in(text: str, name: str) -> Mapping[str, OfficeForum]:
    """The forums in a file, which has to have every one of them.

    Raises: FileError: something is missing or cannot be meant; the message names file, forum and field.
    """
    try:
        facts: Any = yaml.safe_load(text)
    except yaml.YAMLError:
        raise FileError(f"{name}: this is not YAML. See reference/{NAME} for an example.") from None
    if not isinstance(facts, list) or not all(isinstance(one, dict) for one in facts):
        raise FileError(f"{name}: write a list of forums, as in reference/{NAME}.")
    found = [_one(one, name) for one in facts]
    ids = [one.rules.id for one in found]
    if len(set(ids)) != len(ids):
        raise FileError(f"{name}: a forum stands here twice: {', '.join(ids)}.")
    if missing := [one for one in get_args(Forum) if one not in ids]:
        raise FileError(f"{name}: these forums are missing: {', '.join(missing)}.")
    return MappingProxyType({one.rules.id: one for one in found})


def _one(facts: dict[str, Any], name: str) -> OfficeForum:
    said = str(facts.get("id", "a forum without id"))
    known = {*ForumRules.model_fields, "seats"}
    if strange := [str(one) for one in facts if one not in known]:
        raise FileError(f"{name}, {said}, {strange[0]}: this is not a field here.")
    window = windows()[CUTOFF]
    cutoff = {"cutoff_days": window.days, "cutoff_hour": window.hour}
    rules = {**cutoff, **{field: value for field, value in facts.items() if field != "seats"}}
    try:
        own = not cutoff.keys().isdisjoint(facts)
        made = OfficeForum.model_validate(
            {"rules": rules, "seats": facts.get("seats") or (), "own_cutoff": own}
        )
    except ValidationError as wrong:
        first = wrong.errors()[0]
        parts = [one for one in first["loc"] if one != "rules"]
        where = ".".join(str(one + 1 if isinstance(one, int) else one) for one in parts)
        raise FileError(f"{name}, {said}, {where}: {plain(first['type'], first['msg'])}.") from None
    if found := _fault(made):
        raise FileError(f"{name}, {said}, {found[0]}: {found[1]}.")
    return made


def _fault(forum: OfficeForum) -> tuple[str, str] | None:
    """The first thing in a forum that cannot be meant: the field and a sentence; None if sound."""
    return _fault_of_rules(forum.rules) or _fault_of_seats(forum)


def _fault_of_rules(rules: ForumRules) -> tuple[str, str] | None:
    source = sources().get(rules.notice_source)
    if source is None:
        return "notice_source", "the register of sources has no such entry"
    if source.mark != rules.notice_mark:
        return "notice_mark", f"the register marks {source.id} as {source.mark}"
    if rules.statutory != (source.kind in ("statute", "regulation")):
        return "statutory", f"{source.id} is a source of the kind {source.kind}; law alone is statutory"
    unknown = [one for one in (rules.quorum, *rules.votes_by) if one and one not in MAJORITIES]
    if unknown:
        return "votes_by", f"{unknown[0]} is no majority; write one of: {', '.join(MAJORITIES)}"
    return None


def _fault_of_seats(forum: OfficeForum) -> tuple[str, str] | None:
    ids = [one.id for one in forum.seats]
    if len(set(ids)) != len(ids):
        return "seats", "two seats have one id; give each its own, a seat's next holder too"
    backwards = [one.id for one in forum.seats if one.to_on and one.to_on < one.from_on]
    if backwards:
        return "seats", f"{backwards[0]} ends before it begins"
    if (forum.rules.quorum or forum.rules.votes_by) and not forum.seats:
        return "seats", "a forum with a quorum or votes needs its seats"
    return None
