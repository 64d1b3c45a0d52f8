"""What became of an event, as whoever brought it and the officers read it."""

from schemas.outside import Became, OutsideRow, Taken

NO_PROGRAMME = (
    "There is no programme yet, so this waits. It is taken up by itself when the programme has been begun."
)
NOT_YET = "The programme has not answered yet. Nothing is lost: this is taken up by itself within minutes."


def became(row: OutsideRow, *, again: bool) -> Became:
    """What became of an event, for whoever brought it.

    Source: local.outside
    """
    decision = row.decision if row.state == "taken" else None
    return Became(
        source=row.event.source,
        id=row.event.id,
        again=again,
        state=row.state,
        outcome=decision.outcome if decision else None,
        rule=decision.rule if decision else None,
        said=_said(row, decision),
        programme=row.programme,
        proposal=row.proposal,
        slot=row.slot,
    )


def what_followed(row: OutsideRow) -> str:
    """The first half of an event's line: what followed, in a few words.

    Source: local.outside
    """
    if row.state == "waiting" or row.decision is None:
        return "Waits"
    match row.decision.outcome:
        case "proposed":
            return f"Proposal {row.proposal}" if row.proposal else "Proposed"
        case "opens":
            return f"Cycle {row.slot} opens by itself" if row.slot else "A cycle opens by itself"
        case "fed":
            return "Told: " + ", ".join(one.cycle for one in row.decision.told)
        case "noted":
            return "Noted"
        case "nothing":
            return "Nothing"


def _said(row: OutsideRow, decision: Taken | None) -> str:
    if decision is None:
        return row.waits_for or NOT_YET
    if decision.outcome == "proposed":
        return f"{what_followed(row)} waits for an officer. {decision.because}"
    return f"{what_followed(row)}. {decision.because}" if decision.outcome != "nothing" else decision.because
