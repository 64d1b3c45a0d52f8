"""The words of a mail as it is or will be sent, for pages that show it beforehand."""

from collections.abc import Mapping

from clients.letters import Envelope, Letter, path_of, write
from schemas.notices import Notice
from schemas.people import Person
from schemas.rows import CyclePage
from web.door.rooms import Office


def letter_of(office: Office, notice: Notice, page: CyclePage, people: Mapping[str, Person]) -> Letter:
    """The letter of a notice to those whom it names; whoever gets a link of their own has it in its place."""
    to = tuple(people[one].title if one in people else one for one in notice.to)
    return write(notice, page, people, Envelope(office.name, office.public_url + path_of(notice), to, ()))
