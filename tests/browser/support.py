"""A browser before the portal: what a journey needs, and what every page must keep to.

A journey opens pages as a person does. After each page it is an error when the console shows
one, when a request fails, when the page is wider than a small phone, or when its frame lacks
what a screen reader goes by. Journeys walk through one portal, one after the other: the demo
centre where it can be built; nothing is taken back between them.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles.testing import StaticLiveServerTestCase
from django.core.management import call_command, get_commands
from django.templatetags.static import static
from django.test import tag
from playwright.sync_api import sync_playwright

from tests.factories import PASSWORD, make_home
from tests.source_tree import ROOT

# Playwright keeps a loop running in this thread, in which Django would forbid the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE, SMALL_PHONE = 1280, 375, 320
HEIGHT = 900
SCREENSHOTS = ROOT / "var" / "screenshots"
#: What leaves the page to the right, for the message of a page that is too wide.
#: The marks that Wagtail puts beside what its checker finds are for editors, and not ours.
TOO_WIDE = """() => {
  document.querySelectorAll("wagtail-inline-userbar").forEach((mark) => mark.remove());
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(0, 8);
}"""
#: What WCAG 2.2 AA finds wrong, as sentences; ``axe`` comes with Wagtail's own user bar.
ACCESS_FAULTS = """async () => {
  const outcome = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    exclude: [["wagtail-userbar"]],
  });
  return outcome.violations.flatMap((rule) =>
    rule.nodes.map(({ target, any }) => `${rule.id}: ${target}: ${any[0]?.message ?? rule.help}`)
  );
}"""
FRAME_FAULTS = """() => {
  const faults = [];
  if (document.documentElement.lang !== "vi") faults.push("the page does not say its language");
  const heads = document.querySelectorAll("h1").length;
  if (heads !== 1) faults.push(`the page has ${heads} main headings`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
    faults.push(`id used twice: ${id}`);
  return faults;
}"""


def chromium():
    """Return the path of the browser; say how to get one where there is none."""
    named = os.environ.get("PORTAL_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not found or not Path(found).exists():
        raise RuntimeError(
            "The journeys need Chromium: apt-get install chromium, or set PORTAL_CHROMIUM."
        )
    return found


@tag("browser")
class Journey(StaticLiveServerTestCase):
    """A walk through the portal; ``self.page`` is the browser's page."""

    _demo_stands = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not Journey._demo_stands:
            build_portal()
            Journey._demo_stands = True
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.browser = cls.playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        cls.addClassCleanup(cls.browser.close)

    def _fixture_teardown(self):
        """Keep what stands: building the demo centre for each journey would take too long."""

    def setUp(self):
        self.faults = []
        self.expected_statuses = set()
        self.context = self.browser.new_context(
            base_url=self.live_server_url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
            viewport={"width": DESKTOP, "height": HEIGHT},
        )
        self.addCleanup(self.context.close)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_response)

    def tearDown(self):
        self.assert_no_faults()

    # --- What the browser complains about ---------------------------------------------------

    def _note_message(self, message):
        # What could not be loaded is noted with its address by ``_note_response``; what the
        # user bar finds inaccessible, by ``check_access`` in words.
        known = ("Failed to load resource", "axe.run results")
        if message.type == "error" and not message.text.startswith(known):
            self.faults.append(f"console: {message.text}")

    def _note_failure(self, request):
        # A download, or a page left before it was complete, counts as aborted.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"request failed: {request.url} ({request.failure})")

    def _note_response(self, response):
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.faults.append(f"answered {response.status}: {response.url}")
        address = urlsplit(response.url)
        if address.scheme in ("http", "https") and address.netloc not in self.live_server_url:
            self.faults.append(f"fetched from elsewhere: {response.url}")

    def assert_no_faults(self):
        """Fail with everything that the browser complained about since the last call."""
        faults, self.faults = self.faults, []
        self.assertEqual(faults, [], self.page.url)

    # --- What a journey does ----------------------------------------------------------------

    def open(self, address, *, status=200):
        """Open a page, look it over, and return the response."""
        self.expected_statuses = {status} if status >= 400 else set()
        response = self.page.goto(address)
        self.assertEqual(response.status, status, address)
        self.check_page()
        return response

    def log_in(self, username, password=PASSWORD):
        """Log in by the form, as a person does."""
        self.page.goto("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.locator("main").get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_load_state()

    def log_out(self):
        """Forget who is logged in."""
        self.context.clear_cookies()

    def press(self, name):
        """Press the button of that name in the page's own part, and wait for what comes."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state("networkidle")

    def choose(self, name, content):
        """Choose a CSV file of that name and text in the page's first file input."""
        self.page.locator("main input[type=file]").first.set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        )

    def check_page(self):
        """Fail when the page on show breaks a promise that every page keeps."""
        self.page.wait_for_load_state("networkidle")
        self.assert_no_faults()
        if "/quan-tri/" not in self.page.url:  # there, frame and width are Wagtail's
            self.assertEqual(self.page.evaluate(FRAME_FAULTS), [], self.page.url)
            self.check_access()
            self.check_widths()

    def check_access(self):
        """Fail when the page on show breaks a rule of WCAG that a program can see."""
        if not self.page.evaluate("'axe' in window"):
            for name in ("vendor.js", "userbar.js"):
                self.page.add_script_tag(url=static(f"wagtailadmin/js/{name}"))
        self.assertEqual(self.page.evaluate(ACCESS_FAULTS), [], self.page.url)

    def check_widths(self):
        """Fail when the page has to be pushed sideways on a phone."""
        for width in (SMALL_PHONE, PHONE):
            with self.at_width(width):
                wide = self.page.evaluate(TOO_WIDE)
                self.assertEqual(wide, [], f"{self.page.url} at {width} px")

    def at_width(self, width):
        """Return a context in which the window is ``width`` wide."""
        return _Width(self.page, width)

    def screenshot(self, name):
        """Take the page at desktop and phone width into ``var/screenshots``.

        With ``PORTAL_PICTURES`` set to a folder, what a desktop shows at first sight replaces the
        picture of that name there, if there is one: the pictures of the documents.
        """
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        for width in (DESKTOP, PHONE):
            with self.at_width(width):
                self.page.wait_for_timeout(400)  # the staff area's sidebar slides away
                path = SCREENSHOTS / f"{name}-{width}.png"
                self.page.screenshot(path=path, full_page=True)
        folder = os.environ.get("PORTAL_PICTURES")
        if folder and (ROOT / folder / f"{name}.png").exists():
            self.page.screenshot(path=ROOT / folder / f"{name}.png")


class _Width:
    """Holds the window at another width, and gives it back its own."""

    def __init__(self, page, width):
        self.page, self.width = page, width

    def __enter__(self):
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})

    def __exit__(self, *exc):
        self.page.set_viewport_size({"width": DESKTOP, "height": HEIGHT})


def build_portal():
    """Build the demo centre; a bare home page where that command is not installed."""
    if "build_demo" in get_commands():
        call_command("build_demo", verbosity=0)
    else:
        make_home()
