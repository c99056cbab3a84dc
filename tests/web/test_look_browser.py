"""The pages on elections in a real browser: charts, keyboard, screen reader, phone, dark paper, no scripts, print."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from storage.database import Database
from tests.web.published import CAMPAIGN_KEY, NEXT_KEY, fill
from tests.web.served import served
from tests.web.test_pages import context_of

pytestmark = pytest.mark.long

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATHS = (
    "/", "/elections", f"/elections/{CAMPAIGN_KEY}", f"/elections/{NEXT_KEY}?every=true", "/compare",
    f"/elections/{NEXT_KEY}/senders", "/nothing",
)  # fmt: skip
Window = Callable[..., Page]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, str]]:
    """One server and one browser for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('look') / 'accredwatch.sqlite3'}")
    fill(database)
    with served(context_of(database)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser, url
        browser.close()
    database.close()


@pytest.fixture
def window(stage: tuple[Browser, str]) -> Iterator[Window]:
    """Opens windows; what their consoles complain of, beside pages that are not there, is a failure."""
    browser, url = stage
    contexts, complaints = [], list[str]()

    def opened(**options: object) -> Page:
        context = browser.new_context(base_url=url, **options)  # type: ignore[arg-type]  # Playwright's options
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [said for said in complaints if "status of 404" not in said] == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


def test_nothing_stands_in_the_way_of_a_screen_reader(window: Window) -> None:
    page = window()
    assert {path: found for path in PATHS if (page.goto(path), found := serious(page))[1]} == {}
    page.emulate_media(color_scheme="dark")
    assert {path: found for path in PATHS[:1] + PATHS[3:4] if (page.goto(path), found := serious(page))[1]} == {}


def test_pages_fit_on_a_phone_and_its_tables_name_their_cells(window: Window) -> None:
    page = window(viewport={"width": 360, "height": 740})
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.goto(f"/elections/{CAMPAIGN_KEY}")
    said = page.evaluate("getComputedStyle(document.querySelector('td[data-label=Observers]'), '::before').content")
    assert said == '"Observers"'


def test_dark_paper_is_dark(window: Window) -> None:
    for scheme, is_light in (("light", True), ("dark", False)):
        page = window(color_scheme=scheme)
        page.goto("/")
        red = page.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
        assert (red > 128) is is_light
        shown = page.evaluate("document.querySelector('.chart-link img').currentSrc")
        assert ("scheme=dark" in shown) is not is_light


def test_a_chart_tells_its_days_to_the_keyboard(window: Window) -> None:
    page = window()
    page.goto(f"/elections/{CAMPAIGN_KEY}")
    chart = page.get_by_role("group", name="Observers accredited")
    expect(chart.locator("canvas")).to_be_visible()
    chart.focus()
    page.keyboard.press("Home")
    status = page.locator("[data-chart-says]")
    expect(status).to_have_text("2 February 2023: accredited 25, Kazinform 25")
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text("9 February 2023: accredited 25, Kazinform 25, new at a meeting 37")
    page.keyboard.press("End")
    expect(status).to_have_text("19 March 2023: accredited 793")


def test_without_scripts_the_image_of_the_chart_stands_there(window: Window) -> None:
    page = window(java_script_enabled=False)
    page.goto(f"/elections/{CAMPAIGN_KEY}")
    image = page.get_by_role("img", name="accredited: 25 to 793")
    expect(image).to_be_visible()
    assert (image.bounding_box() or {"height": 0})["height"] > 200


def test_print_has_the_chart_and_the_table_without_the_navigation(window: Window) -> None:
    page = window()
    page.goto(f"/elections/{CAMPAIGN_KEY}")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="accredited: 25 to 793")).to_be_visible()
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.get_by_role("button", name="Change")).to_be_hidden()
    expect(page.get_by_role("table", name="Totals and main figures")).to_be_visible()


def test_the_first_tab_skips_to_the_content(window: Window) -> None:
    page = window()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_from_now_to_a_comparison_by_keyboard_and_mouse(window: Window) -> None:
    page = window()
    page.goto("/")
    page.get_by_role("link", name="All elections").click()
    page.get_by_label("Compare the presidential election of 2022-11-20").uncheck()
    page.get_by_role("button", name="Compare those chosen").press("Enter")
    expect(page.get_by_role("heading", name="Elections by days before the vote")).to_be_visible()
    rows = page.get_by_role("table", name="Accredited so many days before the vote").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(page.locator(".u-legend .u-series")).to_have_count(3)


def test_a_zone_is_chosen_in_the_footer_and_kept(window: Window) -> None:
    page = window()
    page.goto(f"/elections/{NEXT_KEY}")
    page.get_by_label("Instants in the zone").fill("Europe/Vienna")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Open since 29 April 2027, 09:50 Europe/Vienna")).to_be_visible()
    page.goto("/")
    expect(page.get_by_label("Instants in the zone")).to_have_value("Europe/Vienna")
