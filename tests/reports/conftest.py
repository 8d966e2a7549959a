"""Sites built once, and a browser that notes all it asks for and complains of."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestration.reports.folders import PAGES, Project
from orchestration.reports.serve import HOST, server
from tests.conftest import Command

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Nothing of its own may go over the network; CI runs as root.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Pictures for people to look at; git ignores them.
PICTURES = PAGES.parent / ".reports" / "pictures"


@dataclass(frozen=True)
class Site:
    """A site that is served.

    Attributes:
        workspace: What it was built from.
        address: Where it is, without the last slash.
        folder: Its files.
    """

    workspace: Path
    address: str
    folder: Path


@dataclass
class Visit:
    """A page in the browser, with what it asked for and complained of.

    Attributes:
        page: Playwright's page.
        problems: Errors of the console, of scripts, and answers that are errors.
        outside: Addresses on other hosts it asked for.
        data_bytes: Bytes of data it fetched.
    """

    page: "object"
    problems: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    data_bytes: int = 0


@pytest.fixture(scope="session")
def needs_site_tools() -> None:
    """Skip where a site cannot be built or looked at."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium was not found: apt-get install chromium")
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} was not found: the site cannot be built without it")


@contextmanager
def _served(workspace: Path) -> Iterator[Site]:
    folder = workspace / "warehouse" / "site"
    running = server(folder, 0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield Site(workspace, f"http://{HOST}:{running.server_port}", folder)
    finally:
        running.shutdown()
        running.server_close()


@pytest.fixture(scope="session")
def site(needs_site_tools: None, published_shop: Path, adplan: Command) -> Iterator[Site]:
    """The site of the simulated shop."""
    built = adplan("reports", "build", "-w", published_shop)
    assert built.returncode == 0, built.stdout + built.stderr
    with _served(published_shop) as served:
        yield served


@pytest.fixture(scope="session")
def empty_site(
    needs_site_tools: None, tmp_path_factory: pytest.TempPathFactory, adplan: Command
) -> Iterator[Site]:
    """The site of a workspace in which nothing has landed."""
    workspace = tmp_path_factory.mktemp("empty") / "shop"
    for arguments in (
        ("init", workspace),
        ("refresh", "-w", workspace, "--as-of", "2026-03-01"),
        ("reports", "build", "-w", workspace),
    ):
        done = adplan(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    with _served(workspace) as served:
        yield served


@pytest.fixture(scope="session")
def browser(needs_site_tools: None) -> Iterator[object]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def visit(browser: object) -> Iterator[Callable[..., Visit]]:
    """Open an address in a fresh browser profile, and wait until it is settled."""
    contexts = []

    def open_page(address: str, **profile: object) -> Visit:
        context = browser.new_context(
            viewport={"width": 1920, "height": 1080}, reduced_motion="reduce", **profile
        )
        contexts.append(context)
        visited = Visit(context.new_page())
        _watch(visited, address.split("/")[2])
        visited.page.goto(address)
        settle(visited)
        return visited

    yield open_page
    for context in contexts:
        context.close()


def settle(visited: Visit) -> None:
    """Wait until the page asks for nothing and has drawn."""
    visited.page.wait_for_load_state("networkidle")
    visited.page.wait_for_timeout(150)


def axe_script() -> Path:
    """Return axe-core, which comes with the site's packages."""
    return Project.locate().root / "node_modules" / "axe-core" / "axe.min.js"


def _watch(visited: Visit, host: str) -> None:
    page = visited.page

    def console(message: object) -> None:
        if message.type in ("error", "warning"):
            visited.problems.append(f"{message.type}: {message.text}")

    def request(asked: object) -> None:
        if asked.url.startswith("http") and asked.url.split("/")[2] != host:
            visited.outside.append(asked.url)

    def response(answer: object) -> None:
        if answer.status >= 400:
            visited.problems.append(f"{answer.status}: {answer.url}")
        if "/data/" in answer.url or answer.url.endswith(".arrow"):
            visited.data_bytes += int(answer.headers.get("content-length", 0))

    page.on("console", console)
    page.on("pageerror", lambda error: visited.problems.append(f"script: {error}"))
    page.on("request", request)
    page.on("response", response)
