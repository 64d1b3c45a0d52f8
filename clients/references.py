"""By which name a message to one person is known, here and at whoever carries it; and why one came back."""

import hashlib

MARK = 12
"""Hexadecimal digits of an address in a reference: enough to tell the people of one message apart."""
REFUSED = "their mail server refused it"
WHY = {
    "1.1": "no such mailbox",
    "1.2": "no such mail server",
    "1.3": "the address is not one that their mail server knows",
    "1.10": "that organisation takes no mail",
    "2.1": "the mailbox is switched off",
    "2.2": "the mailbox is full",
    "2.3": "the message is too large for the mailbox",
    "4.1": "their mail server could not be reached for days",
    "4.7": "their mail server could not be reached for days",
    "7.1": "their mail server does not take mail from us",
}
"""What an enhanced status code means without its class (RFC 3463)."""
NO_MAILBOX, FULL = (550, 551, 553), 552


def reference_of(message_id: str, address: str) -> str:
    """The name of a message to one of its people. It says nothing about anybody."""
    mark = hashlib.sha256(address.strip().lower().encode()).hexdigest()[:MARK]
    return f"{message_id.strip().strip('<>')}/{mark}"


def why_refused(code: int) -> str:
    """Why a mail server did not take a message, by its answer's code (RFC 5321)."""
    return "no such mailbox" if code in NO_MAILBOX else "the mailbox is full" if code == FULL else REFUSED


def why_came_back(status: str) -> str:
    """Why a message came back, by the status in its report, such as 5.1.1."""
    return WHY.get(status.partition(".")[2].strip(), REFUSED)
