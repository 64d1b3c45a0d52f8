"""The coverage map: every promise in words, as a picture and as a table, filtered."""

from tests import scenario as s
from tests.web.house import NOW, House


async def asked(house: House) -> None:
    """One cycle about one promise."""
    house.memory.words |= s.WORDS.kept
    await house.desk.send(s.open_cycle("HTA-2026-01", NOW), s.WORDS)


async def test_every_promise_is_there_with_what_was_asked(planned: House) -> None:
    """Times asked, where last, where planned, and the ground; in the picture's words and in the table."""
    await asked(planned)
    await planned.browser.sign_in("policy-officer")
    page = (await planned.browser.get("/programme/coverage")).text
    assert "of 127 promises have been asked about." in page
    assert page.count('<tr class="govuk-table__row" id="swm-') == 127
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="month-strip" role="img"' in page
    for words in ("HTA-2026-01", 'href="/programme/slots/2026/1"', "Never asked", "planned in 2026/02"):
        assert words in page, words


async def test_it_is_narrowed_by_theme_and_ground(planned: House) -> None:
    """Each filter leaves its own; where nothing is left the filter to drop is named."""
    await planned.browser.sign_in("panel-secretariat")
    page = (await planned.browser.get("/programme/coverage?theme=collaboration&ground=never_asked")).text
    assert "6 of 127 promises." in page
    page = (await planned.browser.get("/programme/coverage?theme=victims&ground=not_assured")).text
    assert "0 promises under “Putting victims and survivors first” with the ground “Not assured”" in page
    assert "6 of" not in (await planned.browser.get("/programme/coverage?theme=<b>&ground=x")).text


async def test_everybody_sees_published_facts_alone(planned: House) -> None:
    """The public map counts published findings; a cycle under way leaves no trace on it."""
    await asked(planned)
    page = (await planned.browser.get("/plan")).text
    assert '<title id="map-title">' in page
    assert "HTA-2026-01" not in page
    assert "2026/01" not in page
