"""The script: what the people of a rehearsal do, and when, as its file says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reference.cyclefile import CycleFile, read_cycle
from reference.places import Place
from rehearsal.conduct import Answering, Conduct, ScriptedAction
from schemas.standards import Standards

FIELDS = {
    "starts": "the day on which the cycle is opened, such as 2027-01-11",
    "cycle": "the cycle, as in a cycle file",
    "people": "how each lead answers: on time, 3 working days early, 2 working days late, or silent",
    "officer": "reviews_after and sends_back",
    "findings": "drafted_after, in working days after the session",
    "actions": "a list of actions, each with what, owner, due_after and done",
}
OFFICER = {
    "reviews_after": "working days from a return to its review",
    "sends_back": "the numbers of the requests that are sent back once",
}
ACTION = {
    "what": "what is undertaken",
    "owner": "the id of who has to do it",
    "due_after": "working days from the session to the day on which it is due",
    "done": "on time, 3 working days early, 2 working days late, or silent",
}
MOST_DAYS = 200
KEPT = re.compile(r"(\d{1,2}) working days? (early|late)")


@dataclass(frozen=True)
class Script:
    """A rehearsal: the cycle, its first day, and what its people do."""

    starts_on: date
    cycle: CycleFile
    people: Mapping[str, Answering] = field(default_factory=dict)
    reviews_after: int = 2
    sends_back: frozenset[int] = frozenset()
    drafted_after: int = 5
    actions: tuple[ScriptedAction, ...] = ()

    @property
    def conduct(self) -> Conduct:
        """What its people do."""
        return Conduct(
            leads=self.people,
            reviews_after=self.reviews_after,
            sends_back=self.sends_back,
            drafted_after=self.drafted_after,
            actions=self.actions,
        )


def read_script(text: str, name: str, kinds: Mapping[str, Standards]) -> Script:
    """A script from the text of its file.

    Raises: FileError: something is missing or cannot be used; the message says where and what to write.
    """
    fields = Place.of(text, name).fields(FIELDS, frozenset(FIELDS) - {"starts", "cycle"})
    officer = fields["officer"].fields(OFFICER, frozenset(OFFICER)) if "officer" in fields else {}
    findings = (
        fields["findings"].fields({"drafted_after": FIELDS["findings"]}) if "findings" in fields else {}
    )
    return Script(
        starts_on=fields["starts"].day(),
        cycle=read_cycle(fields["cycle"], kinds),
        people=_people(fields["people"]) if "people" in fields else {},
        reviews_after=officer["reviews_after"].whole(MOST_DAYS) if "reviews_after" in officer else 2,
        sends_back=frozenset(one.whole(MOST_DAYS) for one in officer["sends_back"].each())
        if "sends_back" in officer
        else frozenset(),
        drafted_after=findings["drafted_after"].whole(MOST_DAYS) if findings else 5,
        actions=tuple(_action(one) for one in fields["actions"].each()) if "actions" in fields else (),
    )


def _people(place: Place) -> dict[str, Answering]:
    return {name: _answering(at) for name, at in place.entries().items()}


def _action(place: Place) -> ScriptedAction:
    fields = place.fields(ACTION, frozenset({"done"}))
    return ScriptedAction(
        what=fields["what"].words(),
        owner=fields["owner"].slug("a person's id (starter.py people list)"),
        due_after=fields["due_after"].whole(MOST_DAYS),
        done=_answering(fields["done"]) if "done" in fields else Answering(),
    )


def _answering(place: Place) -> Answering:
    said = place.words()
    if said == "on time":
        return Answering()
    if said == "silent":
        return Answering("silent")
    if found := KEPT.fullmatch(said):
        return Answering("early" if found[2] == "early" else "late", int(found[1]))
    raise place.error("write on time, silent, 3 working days early or 3 working days late")
