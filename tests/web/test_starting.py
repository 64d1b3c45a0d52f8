"""Starting a cycle in steps: the draft is kept at each, nobody writes over anybody, and it is sent once."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from reference.starts import starts
from rules.clocks import civil
from schemas.commands import OpenCycle
from schemas.outcomes import NotKnownYet, Refused
from tests.web.drafts_memory import MemoryDrafts
from tests.web.house import House, hidden_of


async def begun(house: House, kind: str = "performance", who: str = "policy-officer") -> str:
    """Begin a draft of a kind; its id."""
    await house.browser.sign_in(who)
    done = await house.browser.fill("/cycles/new", kind_of_cycle=kind)
    assert done.status_code == 303, done.text
    return done.headers["location"].split("/")[3]


async def step(house: House, name: str, place: str, **typed: Any) -> httpx.Response:
    """Send a step of a draft as its page shows it, with some of it typed anew."""
    address = f"/cycles/new/{name}/{place}"
    page = await house.browser.get(address)
    assert page.status_code == 200, page.text
    return await house.browser.post(address, data={**shown(page.text), **typed})


def shown(page: str) -> dict[str, Any]:
    """Everything that a page's form would send as it stands."""
    form = page[page.index('id="form"') :]
    found: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for tag in re.findall(r"<input [^>]*>", form):
        said = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        kind = said.get("type", "text")
        if kind in ("text", "search") or (kind in ("radio", "checkbox") and " checked" in tag):
            found[said["name"]] = said.get("value", "")
    found |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)<', form))
    for name, inside in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


async def ready(house: House) -> str:
    """A draft of which nothing is missing."""
    name = await begun(house)
    done = await step(house, name, "question", title="How victims are told", commitments="SWM-VICTIMS-01")
    assert done.headers["location"].endswith("/requests"), done.text
    done = await step(house, name, "requests")
    assert done.headers["location"].endswith("/dates"), done.text
    done = await step(house, name, "dates")
    assert done.headers["location"].endswith("/check"), done.text
    return name


async def test_a_kind_fills_in_question_leads_and_dates_and_all_is_sent_once(house: House) -> None:
    """From the kind to three requests in four steps; pressing send again ends with the same cycle."""
    name = await ready(house)
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "Send 3 requests" in page
    assert "Assistant Chief Constable, Local Policing" in page
    assert "How victims are told" in page
    csrf = hidden_of(page, f"/cycles/new/{name}/send")
    for _ in range(2):
        done = await house.browser.post(f"/cycles/new/{name}/send", data=csrf)
        assert done.headers["location"] == f"/cycles/new/{name}/sent", done.text
    [sent] = house.desk.sent
    assert isinstance(sent, OpenCycle)
    assert (sent.key, len(sent.requests), sent.ask) == (f"draft:{name}", 3, "planned")
    assert sent.session is not None
    assert civil(sent.session.starts_at).weekday() < 5
    page = (await house.browser.get(f"/cycles/new/{name}/sent")).text
    assert sent.cycle in page
    assert page.count("Goes out <time") == 3
    assert "Performance report for the quarter" in page
    assert (await house.browser.get(f"/cycles/new/{name}/dates")).headers["location"].endswith("/sent")
    assert "Drafts" not in (await house.browser.get("/cycles")).text


async def test_an_answer_that_never_arrived_ends_with_the_one_cycle(house: House) -> None:
    """No answer yet: the same button asks again. Carried out, the answer lost: what came of it is shown."""
    name = await ready(house)
    house.desk.told.append(NotKnownYet(cycle="HTA-2026-01", key="k"))
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    csrf = hidden_of(page, f"/cycles/new/{name}/send")
    waits = await house.browser.post(f"/cycles/new/{name}/send", data=csrf)
    assert waits.status_code == 202
    assert "no answer yet" in waits.text
    assert (await house.browser.post(f"/cycles/new/{name}/send", data=csrf)).status_code == 303
    assert isinstance(house.rooms.drafts, MemoryDrafts)
    kept = house.rooms.drafts.kept
    kept[name] = kept[name].model_copy(update={"sent_as": None})
    await step(house, name, "question", title="Changed since", commitments="SWM-VICTIMS-01")
    other = Refused(code="key_reused", message="That key was used.", source="process.wrong-input")
    house.desk.told.append(other)
    done = await house.browser.post(f"/cycles/new/{name}/send", data=csrf)
    assert done.headers["location"].endswith("/sent")
    assert len(house.memory.ledgers) == 1


async def test_what_is_typed_is_kept_even_where_it_is_wrong(house: House) -> None:
    """A step with something missing says so beside the field, and the draft has every word."""
    name = await begun(house)
    done = await step(house, name, "question", title="Half a title", question="", commitments=[])
    assert done.status_code == 422
    assert "Error: " in done.text
    assert 'href="#question"' in done.text
    again = await house.browser.get(f"/cycles/new/{name}/question")
    assert "Half a title" in again.text
    check = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "This cannot be sent yet" in check
    assert f'href="/cycles/new/{name}/question#question"' in check
    assert "Send 3 requests" not in check


async def test_rows_are_added_and_removed_without_scripts(house: House) -> None:
    """Those below a removed request move up, with the days that were given for them."""
    name = await begun(house)
    page = await step(house, name, "requests", more="yes")
    assert "Request 4" in page.text
    page = await step(house, name, "requests", remove="1")
    said = shown(page.text)
    assert said["rows"] == "3"
    assert said["r1_title"] == "Figures for public protection in the quarter"
    stands = house.rooms.drafts
    assert stands is not None
    kept = await stands.draft(name)
    assert kept is not None
    assert kept.facts["r2_due-before_session"] == ("5",)


async def test_somebody_else_at_the_same_step_is_named_and_nothing_is_lost(house: House) -> None:
    """A page that has grown old says who changed the step and when, and keeps what was typed on it."""
    name = await begun(house)
    address = f"/cycles/new/{name}/question"
    old = shown((await house.browser.get(address)).text)
    await house.browser.sign_in("second-policy-officer")
    done = await step(house, name, "question", title="Theirs", commitments="SWM-VICTIMS-01")
    assert done.status_code == 303
    house.memory.now += timedelta(minutes=2)
    await house.browser.sign_in("policy-officer")
    csrf = shown((await house.browser.get(address)).text)["csrf"]
    met = await house.browser.post(address, data={**old, "csrf": csrf, "title": "Mine"})
    assert met.status_code == 409
    assert re.search("[Ss]econd .*changed this 2 minutes ago. Nothing was lost", met.text)
    assert 'value="Mine"' in met.text
    assert "Theirs" in met.text
    done = await house.browser.post(address, data={**shown(met.text), "commitments": "SWM-VICTIMS-01"})
    assert done.status_code == 303
    assert "Mine" in (await house.browser.get(address)).text


async def test_two_steps_at_once_do_not_disturb_each_other(house: House) -> None:
    """A change of another step since the page was made is no clash."""
    name = await begun(house)
    old = shown((await house.browser.get(f"/cycles/new/{name}/requests")).text)
    await step(house, name, "question", title="Theirs", commitments="SWM-VICTIMS-01")
    done = await house.browser.post(f"/cycles/new/{name}/requests", data={**old, "r1_title": "Mine"})
    assert done.status_code == 303
    check = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "Theirs" in check
    assert "Mine" in check


async def test_the_law_bounds_the_dates_of_an_answer_to_an_inspection(house: House) -> None:
    """56 days beginning with the day of the report; a session after them is warned of."""
    name = await begun(house, "inspection_response")
    day = {"report_on-day": "2", "report_on-month": "11", "report_on-year": "2026", "show": "yes"}
    await step(house, name, "question", commitments="SWM-VICTIMS-01")
    page = await step(house, name, "dates", **day)
    assert "Sunday 27 December 2026" in page.text
    late = {"starts_on-day": "13", "starts_on-month": "1", "starts_on-year": "2027"}
    page = await step(house, name, "dates", **day, **late)
    assert "the last day that the law leaves" in page.text
    assert "Christmas Day" in page.text or "is not counted" in page.text


async def test_commitments_are_looked_for_and_those_chosen_stay(house: House) -> None:
    """The list is narrowed to what holds the words; nothing chosen is dropped by looking."""
    name = await begun(house)
    page = await step(
        house, name, "question", commitments="SWM-VICTIMS-01", looked_for="track crime", find="yes"
    )
    assert "SWM-VICTIMS-01" in page.text
    assert "SWM-VICTIMS-02" in page.text
    assert "SWM-VICTIMS-03" not in page.text
    page = await step(house, name, "question", commitments="SWM-VICTIMS-01", looked_for="zebra", find="yes")
    assert "SWM-VICTIMS-02" not in page.text


async def test_a_draft_is_listed_and_thrown_away_with_its_words(house: House) -> None:
    """It stands with who began it until it is thrown away; its address then leads nowhere."""
    name = await begun(house)
    await house.browser.sign_in("second-policy-officer")
    page = (await house.browser.get("/cycles")).text
    assert f"/cycles/new/{name}/check" in page
    assert "begun by Policy" in page
    done = await house.browser.fill(f"/cycles/new/{name}/discard")
    assert done.status_code == 303
    assert (await house.browser.get(f"/cycles/new/{name}/check")).status_code == 404
    for path in ("/cycles/new/nothing-there/check", f"/cycles/new/{name}/nonsense"):
        assert (await house.browser.get(path)).status_code == 404


async def test_another_kind_changes_what_was_not_touched(house: House) -> None:
    """The question that was typed is kept; the requests that were not touched are the new kind's."""
    name = await begun(house)
    await step(house, name, "question", question="What I want to know", commitments="SWM-VICTIMS-01")
    done = await step(house, name, "kind", kind_of_cycle="rapid")
    assert done.status_code == 303
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    assert "What I want to know" in page
    assert "Short report" in page
    assert "Send 1 request<" in page


async def test_an_office_begins_a_kind_as_its_own_file_says(house: House) -> None:
    """Its words on the list of kinds, its question and its requests in the draft."""
    own = starts()["rapid"].model_copy(
        update={"question": "What went wrong in our town?", "says": "At once."}
    )
    house.app.state.rooms = replace(house.rooms, starts={**starts(), "rapid": own})
    name = await begun(house, "rapid")
    assert "At once." in (await house.browser.get("/cycles/new")).text
    assert "What went wrong in our town?" in (await house.browser.get(f"/cycles/new/{name}/question")).text


async def test_without_a_record_nothing_is_half_sent(house: House) -> None:
    """The page says that it cannot be reached; the draft stands and is sent once it can be."""
    name = await ready(house)
    page = (await house.browser.get(f"/cycles/new/{name}/check")).text
    csrf = hidden_of(page, f"/cycles/new/{name}/send")
    house.memory.down = True
    page = (await house.browser.post(f"/cycles/new/{name}/send", data=csrf)).text
    assert "Nothing is lost" in page
    house.memory.down = False
    assert (await house.browser.post(f"/cycles/new/{name}/send", data=csrf)).status_code == 303


async def test_a_request_that_is_added_begins_with_the_usual_form(house: House) -> None:
    """Whoever names what is asked and of whom can go on at once."""
    name = await begun(house)
    await step(house, name, "question", title="How victims are told", commitments="SWM-VICTIMS-01")
    await step(house, name, "requests", more="yes")
    page = (await house.browser.get(f"/cycles/new/{name}/requests")).text
    added = max(int(number) for number in re.findall(r'name="r(\d+)_form"', page))
    typed = {f"r{added}_title": "One more report", f"r{added}_lead": "deputy-chief-constable"}
    done = await step(house, name, "requests", **typed)
    assert done.headers["location"].endswith("/dates"), done.text
