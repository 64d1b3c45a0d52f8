"""Everything that is fed, with its share."""

from tests.fuzz import arrivals as sent
from tests.fuzz import importers as brought
from tests.fuzz.api import CALLS
from tests.fuzz.commands import decided, mutated, shaped
from tests.fuzz.feeding import Target

COMMANDS = (
    Target("every command, as its shape allows", shaped(), decided, 120),
    Target("every command, with something else in some places", mutated(), decided, 80),
)
READERS = (
    Target("uploads: inspected and cleaned", brought.a_file(), brought.uploaded, 80),
    Target("trackers: CSV and XLSX", brought.a_table(), brought.tracker, 80),
    Target("mail that came back", brought.a_report(), brought.bounced, 60),
    Target("callbacks of the mail service", sent.CALLED_BACK, sent.called_back, 40),
    Target("events from outside over HTTP", sent.a_delivery(), sent.delivered, 80),
    Target("events and measures in files", sent.in_a_folder(), sent.from_folder, 60),
    Target("lists of bank holidays", sent.a_list(), sent.listed, 30),
    Target("claims of a sign-in service", sent.TOKENS, sent.claimed, 60),
    Target("what the engine keeps, sealed", sent.kept_payload(), sent.unsealed, 40),
    Target("files, sealed", sent.kept_file(), sent.unsealed_file, 30),
    Target("the file of senders", sent.SENDERS, sent.a_sender, 20),
)
TARGETS = (*CALLS, *COMMANDS, *READERS)
