"""The office's pages: the menu, the list of cycles, evidence, the ladder, and the editor of findings."""

import re
from datetime import timedelta
from typing import Any

import pytest

from rules.acting.authority import MAY
from rules.clocks import civil
from schemas.commands import DraftFindings
from schemas.people import Role
from tests import scenario
from tests.rules import request_acts as r
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of
from web.routers import doors as routed
from web.showing.menu import GROUPS, MORE, groups, menu, open_to


async def send(house: House, *commands: Any) -> None:
    """Carry out some commands."""
    house.memory.words |= scenario.WORDS.kept
    for command in commands:
        await house.desk.send(command, scenario.WORDS)


@pytest.mark.parametrize("who", ["policy-officer", "acc-local-policing", "panel-secretariat", "commissioner"])
async def test_the_menu_has_six_entries_at_the_most_and_leads_everywhere(busy: House, who: str) -> None:
    """No entry and no place of More is refused to the role that is shown it."""
    await busy.browser.sign_in(who)
    page = (await busy.browser.get(MORE)).text
    nav = page[page.index('aria-label="Menu"') : page.index("</nav>")]
    ways = re.findall(r'service-navigation__link" href="([^"]+)"', nav)
    assert len(ways) <= 7, "six entries and You"
    places = re.findall(r'<li class="hub__place"><a class="govuk-link" href="([^"]+)"', page)
    assert places
    assert not set(places) & set(ways) - {"/you", "/sign-out"}
    for href in ways:
        assert (await busy.browser.get(href)).status_code != 403, href
    doors, person = routed(), (await busy.rooms.reads.people())[who]
    assert all(open_to(person, href, doors) for href in places)


def test_what_is_not_there_is_in_no_menu() -> None:
    """A place without an address of the product, or of another role, is left out."""
    assert [way.href for way in menu(None, "/", {})] == [MORE]
    assert groups(None, "/", {"/cycles": frozenset({Role.POLICY_OFFICER})}, standalone=True) == []
    every = {one.href: None for group in GROUPS for one in group.places}
    shown = groups(None, "/", every, standalone=False)
    assert "/mail" not in [one.href for group in shown for one in group.places]


async def test_the_list_begins_with_open_ones_and_its_filters_come_off(house: House) -> None:
    """A filter that is on stands as a tag with the address of the list without it."""
    await send(house, scenario.open_cycle(REF, NOW), scenario.open_cycle("HTA-2026-02", NOW))
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/cycles")).text
    assert "2 cycles" in page
    assert "tags__tag" not in page
    query = {"who": "acc-local-policing", "year": "2026", "stage": "gathering", "sort": "due", "page": "x"}
    page = (await house.browser.get("/cycles", params=query)).text
    assert page.count("tags__tag") == 3
    assert 'href="/cycles?stage=gathering&amp;year=2026&amp;sort=due"' in page
    page = (await house.browser.get("/cycles?late=yes")).text
    assert "0 results for late only" in page
    assert "look among the closed ones too" in page
    assert "This page is empty" in (await house.browser.get("/cycles?page=9")).text


async def test_the_file_is_exactly_the_list(house: House) -> None:
    """The same filters, every page, who holds it, and no formula of somebody's title."""
    await send(house, scenario.open_cycle(REF, NOW), scenario.open_cycle("HTA-2026-02", NOW))
    house.memory.words |= {house.memory.standing(REF).title: "=1+1"}
    await house.browser.sign_in("policy-officer")
    file = await house.browser.get("/cycles.csv?search=HTA-2026-01")
    rows = file.text.splitlines()
    assert file.headers["content-disposition"] == 'attachment; filename="cycles.csv"'
    assert len(rows) == 2
    assert rows[1].startswith(f"{REF},'=1+1,Evidence,")
    assert "Assistant Chief Constable, Local Policing" in rows[1]
    picture = (await house.browser.get("/cycles?view=timeline")).text
    assert "Cycles over time" in picture
    assert "See this as a table" in picture


async def test_a_long_list_is_turned_by_pages_with_the_page_in_its_title(house: House) -> None:
    """Fifty on a page; the title of the second says which it is."""
    for number in range(1, 53):
        await send(house, scenario.open_cycle(f"HTA-2026-{number:02d}", NOW))
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/cycles?page=2")).text
    assert "<title>Cycles (page 2 of 2)" in page
    assert "HTA-2026-52" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page


async def test_an_item_of_evidence_says_what_becomes_of_it(busy: House) -> None:
    """By its place; a claim of the force shows as such, and with its ground once it is upheld."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}/evidence/1.1.1")).text
    assert "Nothing keeps it back" in page
    claim = r.claim_sensitive(civil(NOW + timedelta(days=90)))
    await send(busy, claim.model_copy(update={"cycle": REF}))
    page = (await busy.browser.get(f"/cycles/{REF}/evidence/1.1.1")).text
    assert "Claimed sensitive" in page
    assert "Decide on the claim" in page
    for wrong in ("9.9.9", "nonsense", "0" * 64):
        assert (await busy.browser.get(f"/cycles/{REF}/evidence/{wrong}")).status_code == 404


async def test_notes_are_kept_by_page_and_each_once(busy: House) -> None:
    """A second click adds nothing; a wrong page number keeps what was written; the panel reads none."""
    await busy.browser.sign_in("policy-officer")
    address = f"/cycles/{REF}/evidence/1.1.1"
    form = hidden_of((await busy.browser.get(address)).text, f"{address}/notes")
    for _ in range(2):
        done = await busy.browser.post(f"{address}/notes", data={**form, "leaf": "3", "note": "Old figures"})
        assert done.status_code == 303
    page = await busy.browser.post(f"{address}/notes", data={**form, "leaf": "third", "note": "Keep me"})
    assert page.status_code == 422
    assert "Keep me" in page.text
    assert page.text.count("Old figures") == 1
    assert "Page 3, Policy officer" in page.text
    await busy.browser.sign_in("panel-secretariat")
    assert "Old figures" not in (await busy.browser.get(address)).text


async def test_a_request_shows_its_ladder_its_holder_and_what_changed(busy: House) -> None:
    """Reminders to come for what is owed; version 2 beside version 1 once it came."""
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(f"/cycles/{REF}/requests/2")).text
    assert "To come" in page
    assert "2 working days before it is due" in page
    await send(busy, scenario.send_back(REF), scenario.submit(REF))
    page = (await busy.browser.get(f"/cycles/{REF}/requests/1")).text
    assert "What changed from version 1 to version 2" in page
    assert "The office, which checks it" in page


async def held(house: House) -> None:
    """The session of the cycle was held."""
    house.memory.now += timedelta(days=60)
    await send(house, scenario.attendance(REF))


async def test_the_editor_keeps_a_draft_of_ones_own_until_a_version_is_saved(busy: House) -> None:
    """Kept for me and nobody else; saved as a version it is gone; a colleague's version is said."""
    await held(busy)
    await busy.browser.sign_in("policy-officer")
    address = f"/cycles/{REF}/act/DraftFindings"
    done = await busy.browser.fill(address, answer="Half a thought", body="", keep="yes")
    assert done.status_code == 303
    assert "Half a thought" in (await busy.browser.get(address)).text
    await busy.browser.sign_in("second-policy-officer")
    assert "Half a thought" not in (await busy.browser.get(address)).text
    await send(busy, scenario.findings(REF))
    busy.memory.now += timedelta(minutes=3)
    await busy.browser.sign_in("policy-officer")
    page = (await busy.browser.get(address)).text
    assert "saved version 1 3 minutes ago, after you had begun." in page
    done = await busy.browser.fill(address, answer="Partly.", body="## Found\n\nSix in ten.")
    assert done.status_code == 303
    assert isinstance(busy.desk.sent[-1], DraftFindings)
    assert "This is what you kept" not in (await busy.browser.get(address)).text


async def test_the_editor_is_kept_quietly_and_refused_text_is_not_lost(busy: House) -> None:
    """What scripts keep while it is written is there again; so is what was refused."""
    await held(busy)
    await busy.browser.sign_in("policy-officer")
    address = f"/cycles/{REF}/act/DraftFindings"
    form = hidden_of((await busy.browser.get(address)).text, address)
    kept = await busy.browser.post(f"/cycles/{REF}/findings/keep", data={**form, "answer": "On the way"})
    assert kept.status_code == 204
    assert "On the way" in (await busy.browser.get(address)).text
    refused = await busy.browser.post(address, data={**form, "answer": "", "body": "A long account"})
    assert refused.status_code == 422
    assert "A long account" in (await busy.browser.get(address)).text
    gone = await busy.browser.fill(address, discard="yes")
    assert gone.status_code == 303
    assert "A long account" not in (await busy.browser.get(address)).text


async def test_a_draft_is_seen_as_the_public_page_and_on_paper(busy: House) -> None:
    """The whole page with a banner that it is a draft, and a PDF; for the office alone."""
    await held(busy)
    await busy.browser.sign_in("policy-officer")
    assert (await busy.browser.get(f"/cycles/{REF}/findings/preview")).status_code == 404
    address = f"/cycles/{REF}/act/DraftFindings"
    await busy.browser.fill(address, answer="Mine alone", body="What I found", keep="yes")
    page = (await busy.browser.get(f"/cycles/{REF}/findings/preview")).text
    assert "Nothing of this is public" in page
    assert "Mine alone" in page
    paper = await busy.browser.get(f"/cycles/{REF}/findings/preview.pdf")
    assert paper.content.startswith(b"%PDF")
    await busy.browser.sign_in("acc-local-policing")
    assert (await busy.browser.get(f"/cycles/{REF}/findings/preview")).status_code == 403


async def test_ready_to_publish_lists_what_is_done_and_what_is_not(busy: House) -> None:
    """Each thing once, with the form that does it for the roles that may."""
    await held(busy)
    await send(busy, scenario.findings(REF))
    await busy.browser.sign_in("chief-executive")
    page = (await busy.browser.get(f"/cycles/{REF}/findings")).text
    assert "Ready to publish?" in page
    assert "The chief executive signs" in page
    assert f'href="/cycles/{REF}/act/ApproveFindings" aria-describedby' in page
    assert Role.CHIEF_EXECUTIVE not in MAY["Redact"] or f"/cycles/{REF}/act/Redact" in page
