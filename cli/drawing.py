"""One cycle on the screen."""

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.caller import WrongUsageError
from cli.office import Office
from cli.saying import STYLES, stage_of, when
from rules.clocks import civil
from schemas.clocks import Extended, Restarted, Resumed, Suspended
from schemas.cycle import Request
from schemas.evidence import FileItem, Item, LinkItem, ShownItem
from schemas.rows import CyclePage


async def page_of(office: Office, reference: str) -> CyclePage:
    """One cycle.

    Raises: WrongUsageError: there is no such cycle.
    """
    page = await office.reads.cycle(reference)
    if page is None:
        raise WrongUsageError(
            f"There is no cycle {reference}. See those there are with: starter.py cycle list"
        )
    return page


def draw_cycle(out: Console, page: CyclePage) -> None:
    """The whole cycle: what it asks, where it stands, its requests, session, actions and findings."""
    cycle = page.cycle
    style = STYLES.get(page.stage, "")
    head = Text.assemble(
        (f"{cycle.reference}  ", "bold"), (page.say(cycle.title), "bold"), "\n",
        page.say(cycle.question), "\n",
        ("Stage: ", "dim"), (stage_of(page.stage), style), (" (paused)" if cycle.paused_at else "", "red"),
        ("   Theme: ", "dim"), cycle.theme,
        ("   Opened: ", "dim"), f"{when(cycle.opened_at)} by {cycle.opened_by.person}", "\n",
        ("Commitments: ", "dim"), ", ".join(cycle.commitments),
    )  # fmt: skip
    out.print(Panel(head))
    for title, table in _tables(page).items():
        if table.row_count:
            table.title, table.title_justify = title, "left"
            out.print(table)


def request_panel(out: Console, page: CyclePage, request: Request) -> None:
    """One request with its points, its clock and its returns."""
    lines = [Text(f"{n}. {page.say(ref)}") for n, ref in enumerate(request.draft.asked, start=1)]
    lines.append(Text(f"Asked of {request.draft.lead} on {when(request.asked_at)}; {request.state}."))
    due = when(request.due.at if request.due else None)
    lines.append(Text(f"Due: {due}{' (missed)' if request.late else ''}"))
    lines += [Text(f"  {line}", style="dim") for line in _clock(request)]
    if asked := request.extension:
        lines.append(
            Text(f"More time asked, to {asked.to:%-d %b %Y}: {page.say(asked.reason)}", style="yellow")
        )
    lines += [Text(line, style="yellow") for line in _waits(page, request)]
    for one in request.returns:
        what = "; ".join(_item(page, item) for item in one.items) or page.say(one.reason)
        late = ", late" if one.late else ""
        lines.append(
            Text(f"Return {one.version} from {one.by.person}, {when(one.received_at)}{late}: {what}")
        )
        if one.gap:
            lines.append(Text(f"  Sent back: {page.say(one.gap)}", style="yellow"))
    out.print(Panel(Group(*lines), title=f"Request {request.number}: {page.say(request.draft.title)}"))


def _waits(page: CyclePage, request: Request) -> list[str]:
    """What is still owed, what the lead asks, who may answer too, and what is claimed sensitive."""
    said = [f"Part {one} is still owed: {page.say(request.draft.asked[one - 1])}" for one in request.owed]
    if asked := request.unanswered:
        said.append(f"The lead asks: {page.say(asked.question)}")
    for one in request.delegations:
        until = f" until {one.until_on:%-d %b %Y}" if one.until_on else ""
        said.append(f"Delegated to {one.to}{until}")
    for claim in request.claims:
        what = f"Claim {claim.number}: version {claim.version}, item {claim.item} should not be published"
        stands = {None: "not decided", True: "upheld", False: "refused"}[claim.upheld]
        said.append(f"{what} ({claim.ground.replace('_', ' ')}): {'lapsed' if claim.lapsed_at else stands}")
    return said


def _clock(request: Request) -> list[str]:
    said = []
    for entry in request.clock.entries:
        on = f"{civil(entry.at):%-d %b %Y}"
        match entry:
            case Extended(to=to):
                said.append(f"{on}: extended to {to:%-d %b %Y}")
            case Restarted():
                said.append(f"{on}: started again")
            case Suspended():
                said.append(f"{on}: stopped")
            case Resumed():
                said.append(f"{on}: went on; the time is given back")
    return said


def _item(page: CyclePage, item: Item) -> str:
    if isinstance(item, FileItem):
        return f"file {page.say(item.name)} ({item.size:,} bytes, {item.digest[:12]}…)"
    if isinstance(item, LinkItem):
        return page.say(item.address)
    if isinstance(item, ShownItem):
        return f"shown at the meeting: {page.say(item.what)}"
    return page.say(item.text)


def _tables(page: CyclePage) -> dict[str, Table]:
    return {
        "Requests": _requests(page),
        "Sessions": _sessions(page),
        "Judgements": _judgements(page),
        "Decisions": _decisions(page),
        "Actions": _actions(page),
        "Findings": _findings(page),
    }


def _requests(page: CyclePage) -> Table:
    table = Table("No.", "Asked", "Lead", "State", "Due")
    for one in page.cycle.requests:
        due = when(one.due.at) if one.due else "when the session is fixed"
        state = f"{one.state.replace('_', ' ')}{'; more time asked' if one.extension else ''}"
        table.add_row(
            str(one.number), page.say(one.draft.title), one.draft.lead, state,
            f"[red]{due} (missed)[/]" if one.late else due,
        )  # fmt: skip
    for planned in page.cycle.planned:
        draft = planned.draft
        out_at = f"goes out {when(planned.ask_at)}" if planned.ask_at else "waits for a session"
        table.add_row(str(planned.request), page.say(draft.title), draft.lead, out_at, "")
    return table


def _sessions(page: CyclePage) -> Table:
    table = Table("No.", "Forum", "When", "Where", "Present")
    for one in page.cycle.sessions:
        held = ", ".join(one.present) if one.held_at else "not held yet"
        forum = one.forum.replace("_", " ")
        table.add_row(str(one.number), forum, when(one.held_at or one.starts_at), page.say(one.place), held)
    return table


def _judgements(page: CyclePage) -> Table:
    table = Table("Request", "How assured", "Why")
    for one in page.cycle.judgements:
        table.add_row(str(one.request), one.judgement.replace("_", " "), page.say(one.reasons))
    return table


def _decisions(page: CyclePage) -> Table:
    table = Table("No.", "Decision", "Reasons", "Basis")
    for one in page.cycle.decisions:
        table.add_row(str(one.number), page.say(one.title), page.say(one.reasons), one.basis)
    return table


def _actions(page: CyclePage) -> Table:
    table = Table("Number", "What", "Owner", "State", "Due")
    for one in page.cycle.actions:
        state = one.state.replace("_", " ")
        table.add_row(one.number, page.say(one.what), one.owner, state, when(one.due.at))
    return table


def _findings(page: CyclePage) -> Table:
    table = Table("Version", "Answer", "Signed by", "Published", "Fingerprint")
    for one in page.cycle.findings:
        signed = ", ".join(approval.by.person for approval in one.approvals) or "nobody yet"
        published = when(one.published_at) if one.published_at else "not yet"
        mark = f"{one.fingerprint[:12]}…" if one.fingerprint else ""
        table.add_row(str(one.version), page.say(one.answer), signed, published, mark)
    return table
