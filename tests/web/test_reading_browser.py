"""Reports, changes, search and review in a real browser: by mouse and keyboard, for screen readers, on a phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accredwatch.config import Settings
from accredwatch.web.context import Context
from accredwatch.web.settings import WebSettings
from storage import Database
from tests.web.desk import fill
from tests.web.served import served
from tests.web.site import TOKEN, Hands

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATHS = (
    "/reports/2", "/reports/3", "/reports/5", "/changes", "/search?q=observers", "/search?q=1026", "/login", "/review",
    "/review/decisions",
)  # fmt: skip


DARK = ("/reports/2", "/changes", "/review")


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """The address of a served desk of one's own: everybody may read, whoever knows the token may act."""
    database = Database.open(f"sqlite:///{folder}/accredwatch.sqlite3")
    fill(database)
    settings = Settings(web=WebSettings.model_validate({"token": TOKEN, "public": True}))
    with served(Context(database=database, settings=settings, clock=Hands())) as url:
        yield url
    database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that tests only read."""
    with desk(tmp_path_factory.mktemp("browser")) as url:
        yield url


@contextmanager
def window(browser: Browser, url: str) -> Iterator[Page]:
    """A window of somebody's own; what the console complains of is a failure."""
    context = browser.new_context(base_url=url, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, shared: str) -> Iterator[Page]:
    """A window on the desk that tests only read."""
    with window(browser, shared) as made:
        yield made


def log_in(page: Page) -> None:
    page.goto("/login?next=/review")
    page.get_by_label("Your name").fill("Aigul")
    page.get_by_label("Token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Review", level=1)).to_be_visible()


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


def test_nothing_stands_in_the_way_of_a_screen_reader(page: Page) -> None:
    log_in(page)
    assert {path: found for path in PATHS if (page.goto(path), found := serious(page))[1]} == {}
    page.emulate_media(color_scheme="dark")
    assert {path: found for path in DARK if (page.goto(path), found := serious(page))[1]} == {}


def test_pages_fit_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_from_a_mark_in_the_text_to_its_figure(page: Page) -> None:
    page.goto("/reports/2")
    mark = page.locator("mark").filter(has_text="124 from the OSCE")
    mark.get_by_role("link", name="figure 2").click()
    expect(page).to_have_url(re.compile("#figure-2$"))
    expect(page.locator("#figure-2")).to_contain_text("124 observers from the OSCE")
    expect(page.locator("ins").filter(has_text="137").first).to_be_visible()


def test_changes_are_filtered(page: Page) -> None:
    page.goto("/changes")
    page.get_by_label("Kind").select_option("conflict")
    page.get_by_label("From the day").fill("2023-03-13")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("list", name="Changes").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_label("Kind")).to_have_value("conflict")
    page.get_by_role("link", name="All changes").click()
    expect(page.get_by_role("list", name="Changes").get_by_role("listitem")).to_have_count(6)


def test_searching_by_keyboard(page: Page) -> None:
    page.goto("/search")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("1,026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Figures")).to_contain_text("proposed")
    expect(page.locator("mark").filter(has_text="1,026").first).to_be_visible()
    page.get_by_role("link", name="report 5").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/reports/5$"))


def test_whoever_logs_in_settles_a_dispute(browser: Browser, tmp_path: Path) -> None:
    with desk(tmp_path) as url, window(browser, url) as page:
        page.goto("/review")
        expect(page.get_by_role("button", name="Settle dispute 1")).to_have_count(0)
        log_in(page)
        page.get_by_role("radio", name="786").focus()
        page.keyboard.press("Space")
        page.locator("#note-dispute-1").fill("asked the commission")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Dispute 1 is settled: 786 stands, by Aigul.")
        expect(page.get_by_role("table")).to_contain_text("asked the commission")
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("link", name="Log in")).to_be_visible()
