"""What grounds, states and events of the programme are called on a page."""

from schemas.programme import Programme, Slot
from schemas.shape import SlotNumber

GROUNDS = {
    "not_assured": "Not assured",
    "follow_up": "Action overdue",
    "partly_assured": "Partly assured",
    "never_asked": "Never asked",
    "long_ago": "Asked long ago",
    "outside": "Came from outside",
    "chosen": "Chosen by the office",
}
"""Why a cycle is in the programme, the most pressing first."""

NO_GROUND = "No need now"

STATES = {
    "proposed": "Proposed",
    "adopted": "Adopted",
    "opened": "Opened",
    "dropped": "Taken out",
}
COLOURS = {"proposed": "blue", "adopted": "teal", "opened": "green", "dropped": "grey"}

TITLES = {
    "ProgrammeOpened": "Programme begun",
    "SlotProposed": "Put into the programme",
    "SlotChanged": "Planned differently",
    "SlotMoved": "Moved",
    "SlotDropped": "Taken out of the programme",
    "SlotAdopted": "Adopted",
    "YearAdopted": "Year adopted",
    "SlotOpened": "Cycle opened",
    "SlotNotOpened": "Cycle could not be opened",
    "OutsideTaken": "Event from outside taken",
    "CycleProposed": "Cycle proposed by an event from outside",
    "ProposalAccepted": "Proposal accepted",
    "ProposalDeclined": "Proposal declined",
    "DeliveryAssessed": "Delivery of a commitment assessed",
    "DeliveryFrozen": "Delivery plan frozen for the panel",
}
"""What each event of the programme's ledger is called."""


def ground(code: str | None) -> str:
    """A ground in words."""
    return GROUNDS.get(code, code) if code else NO_GROUND


def address(number: SlotNumber) -> str:
    """The address of a slot's page, such as `/programme/slots/2026/3`."""
    year, _, place = number.partition("/")
    return f"/programme/slots/{year}/{int(place)}"


def number_of(year: int, place: int) -> str:
    """A slot's number from the two parts of its address."""
    return f"{year}/{place:02d}"


def standing(programme: Programme, year: int) -> tuple[Slot, ...]:
    """The slots of a year that were not taken out, by the day on which they open."""
    kept = (one for one in programme.in_year(year) if one.state != "dropped")
    return tuple(sorted(kept, key=lambda one: (one.draft.opens_on, one.number)))
