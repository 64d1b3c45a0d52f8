"""The pages on which an office writes its own words for a letter."""

from clients.letters.editing import ours
from schemas.posting import Edition
from tests.web.house import NOW, House, hidden_of
from tests.web.test_posting import of

PLACE = "/settings/letters/evidence_reminder"
THEIRS = ours("evidence_reminder").replace("Reminder: evidence due", "Please remember: evidence due")


async def test_an_office_saves_its_words_once_and_goes_back(house: House) -> None:
    """Seen, tried, kept with a reason; pressed twice it is one edition; our words come back as an edition."""
    await house.browser.sign_in("policy-officer")
    looked = await house.browser.fill(PLACE, text=THEIRS, do="look")
    assert looked.status_code == 200
    assert "Please remember: evidence due by 17:00" in looked.text
    assert of(house).written == []
    form = hidden_of(looked.text, PLACE) | {
        "text": THEIRS.replace("\n", "\r\n"),
        "why": "Kinder.",
        "do": "save",
    }
    answers = [await house.browser.post(PLACE, data=form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    (edition,) = of(house).written
    assert (edition.version, edition.text, edition.by) == (1, THEIRS, "policy-officer")
    assert "edition 1" in (await house.browser.get("/settings/letters")).text
    await house.browser.fill(PLACE, text=THEIRS, why="The old ones were better.", do="ours")
    assert [one.text for one in of(house).written] == [THEIRS, None]
    page = (await house.browser.get(PLACE)).text
    assert "Sent in the product's words" in page
    assert "The old ones were better." in page


async def test_a_letter_that_cannot_be_sent_is_not_kept(house: House) -> None:
    """The line and what is wrong stand beside the words, which are still there."""
    await house.browser.sign_in("policy-officer")
    broken = THEIRS.replace("{{ lead }}", "{{ leed }}").replace(
        '{{ kit.fact("Asked of", lead) }}', "{{ leed }}"
    )
    for button in ("save", "look", "trial"):
        answer = await house.browser.fill(PLACE, text=broken, why="x", do=button)
        assert answer.status_code == 422
        assert "There is no leed" in answer.text
        assert "Please remember" in answer.text
    answer = await house.browser.fill(PLACE, text=THEIRS, why=" ", do="save")
    assert "Say why these words are changed" in answer.text
    assert of(house).written == []
    assert of(house).trials == []


async def test_two_people_at_once_lose_nothing(house: House) -> None:
    """Whoever saves second is told, sees what was saved, and still has their own words."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get(PLACE)).text
    other = Edition(
        name="evidence_reminder", version=1, text=THEIRS.replace("Please", "Kindly"),
        by="chief-executive", at=NOW, why="Mine.",
    )  # fmt: skip
    await of(house).keep_edition(other)
    form = hidden_of(page, PLACE) | {"text": THEIRS, "why": "Kinder.", "do": "save"}
    answer = await house.browser.post(PLACE, data=form)
    assert answer.status_code == 409
    assert "Somebody has saved another edition meanwhile" in answer.text
    assert "Please remember" in answer.text
    assert "Kindly remember" in answer.text
    assert of(house).written == [other]


async def test_a_letter_is_seen_as_html_and_tried_by_mail(house: House) -> None:
    """The page of the letter reaches nothing; the trial goes to whoever asks, and saves nothing."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get(PLACE)).text
    form = hidden_of(page, PLACE) | {"text": THEIRS}
    html = await house.browser.post(f"{PLACE}/preview", data=form)
    assert html.headers["content-security-policy"].endswith("sandbox")
    assert "Please remember" in html.text
    answer = await house.browser.post(PLACE, data=form | {"do": "trial"})
    assert "A trial is on its way to" in answer.text
    ((subject, text, _, address),) = of(house).trials
    assert subject.startswith("Please remember")
    assert "https://office.example/page" in text
    assert "@" in address
    assert of(house).written == []


async def test_only_the_office_writes_letters(house: House) -> None:
    """A lead is told for whom the page is; a letter that there is not is not found."""
    await house.browser.sign_in("acc-local-policing")
    assert (await house.browser.get("/settings/letters")).status_code == 403
    await house.browser.sign_in("policy-officer")
    assert (await house.browser.get("/settings/letters/kit.txt")).status_code == 404
