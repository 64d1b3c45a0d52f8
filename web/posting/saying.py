"""What became of a message, in words and with the page that puts it right."""

from schemas.posting import Posted
from web.showing import dates

HEADS = {
    "sending": "Being sent since",
    "sent": "Sent, no receipt yet:",
    "delivered": "Delivered",
    "bounced": "Came back",
}


def address_of(one: Posted) -> str:
    """The page on which the address is put right."""
    return f"/mail/came-back/{one.reference}"


def became(one: Posted) -> str:
    """What became of it, in a sentence."""
    said = f"{HEADS[one.state]} {dates.moment(one.state_at)}"
    if one.state != "bounced":
        return f"{said}."
    again = "Sent again to another address." if one.again else "Fix the address and send it again."
    return f"{said}: {one.why or 'it was refused'}. {again}"


def can_be_sent_again(one: Posted) -> bool:
    """Whether it came back, nobody has sent it again, and it is more than a receipt beside another letter."""
    return one.state == "bounced" and one.again is None and not one.notice.key.endswith("/receipt")
