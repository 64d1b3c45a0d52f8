"""The menu: at most five places for each side and More, which leads to all the others; only what is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.people import Person, Role, Side

Doors = Mapping[str, frozenset[Role] | None]
"""Every address that is read without anything to fill in, and whose it is; None where it is everybody's."""
MOST = 5
"""Places in the menu beside More: what stands on one line of 960 pixels."""
MORE = "/more"


@dataclass(frozen=True)
class Way:
    """One item of the menu."""

    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Place:
    """A page of the product, and in one sentence what one finds there."""

    text: str
    href: str
    says: str


@dataclass(frozen=True)
class Group:
    """Places that belong together."""

    title: str
    places: tuple[Place, ...]


MINE: dict[Side, tuple[tuple[str, str], ...]] = {
    "opcc": (
        ("My work", "/my-work"),
        ("Sign-off", "/sign-off"),
        ("Cycles", "/cycles"),
        ("Calendar", "/calendar"),
        ("Meetings", "/meetings"),
        ("Programme", "/programme"),
        ("Actions", "/actions"),
        ("Findings", "/findings"),
    ),
    "force": (
        ("My tasks", "/tasks"),
        ("Calendar", "/calendar"),
        ("Actions", "/actions"),
        ("Findings", "/findings"),
        ("Plan", "/plan"),
    ),
    "panel": (
        ("Panel", "/panel"),
        ("Deadlines", "/deadlines"),
        ("Meetings", "/meetings"),
        ("Cycles", "/cycles"),
        ("Programme", "/programme"),
        ("Actions", "/actions"),
        ("Findings", "/findings"),
    ),
}
PUBLIC = (
    ("Findings", "/findings"),
    ("Plan", "/plan"),
    ("Performance", "/performance"),
    ("Late now", "/late"),
    ("Follow", "/follow"),
)

GROUPS = (
    Group("The work", (
        Place("My work", "/my-work", "What needs you today, in order of need."),
        Place("My tasks", "/tasks", "What is asked of you, and what you have answered."),
        Place("Sign-off", "/sign-off", "What waits for your signature, with what changed since last time."),
        Place("Cycles", "/cycles", "Every question, where it stands and who holds it."),
        Place("Actions", "/actions", "What was promised at sessions, by whom and by when."),
        Place("Closed before", "/actions/before", "What old trackers have as over, with file and row."),
        Place("Deadlines", "/deadlines", "Every clock that runs, of the law and of the office."),
        Place("Calendar", "/calendar", "Sessions, due days and bank holidays, month by month."),
        Place("Meetings", "/meetings", "Sessions that several cycles share, with agenda and papers."),
        Place("Panel", "/panel", "What the Police and Crime Panel is owed, and its next meeting."),
    )),
    Group("The year ahead", (
        Place("Programme", "/programme", "The cycles to come, year by year."),
        Place("Coverage", "/programme/coverage", "Which promises were asked about, and how long ago."),
        Place("Proposals", "/programme/proposals", "Questions that were put forward for the programme."),
        Place("Delivery of the plan", "/plan/manage", "How each commitment stands, quarter by quarter."),
        Place("How cycles run", "/insights", "Where the time goes, who is waited for, what is on time."),
    )),
    Group("Mail and the outside", (
        Place("Mail to come", "/mail/coming", "What will be sent by itself in the next 30 days."),
        Place("What came from outside", "/outside", "Inspection reports, panel letters and other events."),
        Place("Rules for the outside", "/outside/rules", "What follows by itself when something comes in."),
        Place("Subscriptions", "/subscriptions", "Which systems outside hear of events."),
        Place("Mail on this machine", "/mail", "Every mail of the demonstration; none leaves here."),
    )),
    Group("The office", (
        Place("Settings", "/settings", "Kinds of cycle, reminders, people and words."),
        Place("Who takes over", "/office/successions", "Changes of office holder, force, panel or body."),
        Place("Access", "/office/access", "Which cycles are restricted, and who opened one and why."),
        Place("Read what the engine keeps", "/office/decoding", "In Temporal's pages, for a reason."),
        Place("Bring in a tracker", "/import", "The actions of a spreadsheet, each bad row named."),
        Place("Take everything away", "/export", "All that you may see, as tables and pages in one file."),
        Place("Outages", "/outages", "When the system stood still, and what was done late because of it."),
        Place("You", "/you", "Your sessions, your mail and who stands in for you."),
    )),
    Group("For everybody", (
        Place("Findings", "/findings", "What was asked, what was found, and what happens next."),
        Place("Plan", "/plan", "The police and crime plan, commitment by commitment."),
        Place("Performance", "/performance", "The force's figures at a glance, with their source."),
        Place("Late now", "/late", "What is overdue at this moment, and whose it is."),
        Place("Follow", "/follow", "Hear of new findings by mail, feed or calendar."),
        Place("Archive", "/archive", "Everything that was published, to download."),
        Place("Proof of the record", "/ledger", "Checkpoints that show nothing was changed."),
        Place("Work out a deadline", "/deadlines/calculator", "Any clock of the law, day by day."),
        Place("For programs", "/api", "What programs can read and do here, with examples."),
        Place("About", "/about", "Who does what, and how this works."),
    )),
)  # fmt: skip
DEMONSTRATION = ("/mail",)
"""Only where nothing leaves the machine."""


def menu(person: Person | None, path: str, doors: Doors) -> list[Way]:
    """The menu of a person, or of everybody: what is there and theirs, and More at the end."""
    wanted = MINE.get(person.side, PUBLIC) if person else PUBLIC
    shown = [one for one in wanted if open_to(person, one[1], doors)][:MOST]
    here = _here(path, [href for _text, href in shown])
    ways = [Way(text, href, href == here) for text, href in shown]
    return [*ways, Way("More", MORE, path == MORE)]


def groups(person: Person | None, path: str, doors: Doors, *, standalone: bool) -> list[Group]:
    """Every place that is there and theirs and not in the menu, under headings."""
    shown = {way.href for way in menu(person, path, doors)}
    hidden = shown if standalone else {*shown, *DEMONSTRATION}
    found = (Group(one.title, tuple(it for it in one.places if it.href not in hidden)) for one in GROUPS)
    theirs = (
        Group(one.title, tuple(it for it in one.places if open_to(person, it.href, doors))) for one in found
    )
    return [one for one in theirs if one.places]


def open_to(person: Person | None, href: str, doors: Doors) -> bool:
    """Whether an address is there, and may be read by a person."""
    if href not in doors:
        return False
    roles = doors[href]
    return roles is None or (person is not None and person.role in roles)


def _here(path: str, hrefs: Iterable[str]) -> str:
    """The item under which a page stands: the longest address that it begins with."""
    return max((one for one in hrefs if path == one or path.startswith(one + "/")), key=len, default="")
