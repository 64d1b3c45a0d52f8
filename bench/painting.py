"""The main pages in a browser that is as slow as a phone: first paint, and what a first visit fetches."""

import statistics
from dataclasses import dataclass

from playwright.async_api import Browser, Page, async_playwright

from bench.addresses import Known
from reference.catalogue import demonstration_people
from schemas.people import Role

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
SLOWER = 4
"""How many times slower than this machine the phone's processor is."""
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""A round trip in milliseconds, and bytes a second: Chromium's own profile of slow 4G."""
ROUNDS = 3
LIMIT_KB, LIMIT_S = 150, 1.0
FIRST_PAINT = (
    "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
    " ?? new Promise(done => new PerformanceObserver(list => {"
    " const seen = list.getEntriesByName('first-contentful-paint')[0]; if (seen) done(seen.startTime) })"
    ".observe({type: 'paint', buffered: true}))"
)


@dataclass
class Fetched:
    """What a page fetched, in bytes as they came over the wire."""

    bytes: float = 0


async def painted(base: str, found: Known) -> None:
    """Print first paint and weight of the main pages, as a first visit finds them."""
    print(
        f"a phone {SLOWER} times slower on slow 4G, nothing kept from before; {ROUNDS} visits, the middle one"
    )
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        over = []
        for path, role in _pages(found):
            paints, sizes = [], []
            for _ in range(ROUNDS):
                paint, size = await _visit(browser, base, path, role)
                paints.append(paint)
                sizes.append(size)
            paint, size = statistics.median(paints) / 1000, max(sizes) / 1000
            print(f"  first paint {paint:5.2f} s, {size:6.1f} kB over the wire: {path}", flush=True)
            if paint > LIMIT_S or size > LIMIT_KB:
                over.append(path)
        await browser.close()
    print(f"over {LIMIT_S:.0f} s or {LIMIT_KB} kB: {'; '.join(over) or 'none'}")


def _pages(found: Known) -> list[tuple[str, Role | None]]:
    return [
        ("/", None),
        ("/findings", None),
        (f"/findings/{found.public[0].lower()}", None),
        ("/my-work", Role.POLICY_OFFICER),
        ("/cycles", Role.POLICY_OFFICER),
        (f"/cycles/{found.following[0]}", Role.POLICY_OFFICER),
        (f"/tasks/{found.gathering[0]}/1", Role.THEMATIC_LEAD),
    ]


async def _visit(browser: Browser, base: str, path: str, role: Role | None) -> tuple[float, float]:
    """Milliseconds to the first paint and bytes fetched, in a fresh browser whose owner is signed in."""
    context = await browser.new_context(viewport={"width": 390, "height": 844})
    if role is not None:
        await _sign_in(await context.new_page(), base, role)
    page = await context.new_page()
    wire = await context.new_cdp_session(page)
    await wire.send("Network.enable")
    await wire.send("Network.clearBrowserCache")
    await wire.send("Network.emulateNetworkConditions", SLOW_4G)
    await wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    fetched = Fetched()

    def add(event: dict[str, float]) -> None:
        fetched.bytes += event["encodedDataLength"]

    wire.on("Network.loadingFinished", add)
    await page.goto(base + path, wait_until="load")
    paint = float(await page.evaluate(FIRST_PAINT))
    await page.wait_for_timeout(300)
    await context.close()
    return paint, fetched.bytes


async def _sign_in(page: Page, base: str, role: Role) -> None:
    person = next(one.id for one in demonstration_people().values() if one.role == role)
    await page.goto(base + "/sign-in")
    button = page.locator(f'button[value="{person}"]')
    if await button.count():
        await button.click()
    else:
        await page.locator(f'input[value="{person}"]').check()
        await page.locator("main button").first.click()
    await page.wait_for_load_state("load")
    await page.close()
