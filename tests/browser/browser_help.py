"""JupyterLab as `make lab` opens it, on copies of the notebooks, in a headless Chromium without any Chinese font."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Page, Playwright

from daye_analysis.charts.typeface import FAMILY, code_points

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).with_name("screenshots")
TOKEN = "for-this-test-only"
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Whatever the machine has, the browser finds no font that can write Chinese: only what the page brings can show it.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><selectfont>
<rejectfont><pattern><patelt name="lang"><string>zh-cn</string></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="lang"><string>zh-tw</string></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="lang"><string>ja</string></patelt></pattern></rejectfont>
<rejectfont><pattern><patelt name="lang"><string>ko</string></patelt></pattern></rejectfont>
</selectfont></fontconfig>
"""
# Every element that shows words of its own, with these words.
WORDS = """() => {
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!element.getClientRects().length || getComputedStyle(element).visibility !== "visible") continue;
    if (["SCRIPT", "STYLE", "OPTION"].includes(element.tagName)) continue;
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data).join("");
    if (own.trim()) { element.setAttribute("data-words", found.length); found.push(own); }
  }
  return found;
}"""


@dataclass
class Lab:
    """A running JupyterLab, and the page that shows it."""

    page: Page
    address: str
    downloads: list[Download]

    def open(self, notebook: str) -> None:
        """Open a notebook in an empty workspace and wait until its kernel is ready."""
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.goto(f"{self.address}/lab/tree/{notebook}.ipynb?reset&token={TOKEN}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell:visible", timeout=60_000)
        # Before its kernel is connected, a notebook takes "run all" for a question which kernel is meant.
        ready = self.page.locator(".jp-StatusBar-TextItem", has_text=re.compile(r"\| (Idle|空闲)"))
        ready.first.wait_for(timeout=60_000)

    def run_all(self, seconds: float = 150) -> None:
        """Run all cells from the menu and wait until each has its number."""
        self.page.locator("li.lm-MenuBar-item").nth(3).click()
        self.page.locator('[data-command="runmenu:run-all"]').click()
        until = time.monotonic() + seconds
        while not all(re.fullmatch(r"\[\d+\]:", prompt.strip()) for prompt in self.prompts()):
            assert time.monotonic() < until, self.prompts()
            self.page.wait_for_timeout(500)

    def prompts(self) -> list[str]:
        """Return what is before each code cell: its number, a star, or nothing yet."""
        return self.page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()

    def errors(self) -> list[str]:
        """Return what cells wrote to standard error, their exceptions among it."""
        kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        return self.page.locator(", ".join(f'[data-mime-type="{kind}"]' for kind in kinds)).all_inner_texts()

    def save(self) -> None:
        """Save the notebook with what it shows, and wait until it is written."""
        self.page.keyboard.press("Control+s")
        self.page.wait_for_selector(".jp-mod-dirty", state="detached", timeout=20_000)
        self.page.wait_for_timeout(1_000)

    def reopen_later(self, notebook: str) -> None:
        """Open a saved notebook as on another day: the kernel that ran it is gone, and a new one knows nothing of it."""
        for each in self._asked("GET", "/api/sessions"):
            self._asked("DELETE", f"/api/sessions/{each['id']}")
        self.page.goto("about:blank")
        self.open(notebook)
        self.page.wait_for_timeout(5_000)

    def _asked(self, method: str, path: str) -> Any:
        request = urllib.request.Request(self.address + path, method=method, headers={"Authorization": f"token {TOKEN}"})
        with urllib.request.urlopen(request) as reply:
            return json.loads(reply.read() or b"null")

    def photograph(self, name: str) -> Path:
        """Keep a picture of the whole notebook, as tall as it is."""
        panel = self.page.locator(".jp-WindowedPanel-outer").first
        self.page.set_viewport_size({"width": 1300, "height": min(int(panel.evaluate("each => each.scrollHeight")) + 160, 12_000)})
        panel.evaluate("each => each.scrollTo(0, 0)")
        self.page.wait_for_timeout(500)
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def export_pdf(self, target: Path) -> Path:
        """Take the project's PDF from the export menu and return where it was saved."""
        self.page.set_viewport_size({"width": 1300, "height": 1000})
        self.page.locator("li.lm-MenuBar-item").nth(0).click()
        self.page.locator(".lm-Menu-item[data-type=submenu]", has_text=re.compile("Export|导出")).hover()
        self.downloads.clear()
        self.page.locator(".lm-Menu-item", has_text=re.compile("daye.pdf", re.IGNORECASE)).click()
        until = time.monotonic() + 60
        while not self.downloads:
            assert time.monotonic() < until, "no PDF came"
            self.page.wait_for_timeout(200)
        self.downloads[0].save_as(target)
        return target

    def words_without_glyphs(self) -> list[str]:
        """Return the words on the page in which a character has no glyph in any font that the browser used."""
        words: list[str] = self.page.evaluate(WORDS)
        devtools = self.page.context.new_cdp_session(self.page)
        for domain in ("DOM", "CSS"):
            devtools.send(f"{domain}.enable")
        root = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        bad = []
        for place, text in enumerate(words):
            chinese = [character for character in text if character >= "\u2e80"]
            if any(ord(each) not in code_points() and not in_a_font_of_the_system(each) for each in set(text) if each.isprintable()):
                bad.append(text)
            elif chinese:
                node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": f'[data-words="{place}"]'})["nodeId"]
                fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] if node else []
                ours = sum(font["glyphCount"] for font in fonts if font["familyName"] == FAMILY)
                if fonts and ours < len(chinese):
                    bad.append(text)
        devtools.detach()
        return bad


@cache
def in_a_font_of_the_system(character: str) -> bool:
    """Return whether some font of this machine has the character; true where there is no way to ask."""
    if shutil.which("fc-list") is None or ord(character) in range(0xE000, 0xF900):  # icon fonts of the page itself
        return True
    asked = subprocess.run(["fc-list", f":charset={ord(character):x}", "family"], capture_output=True, check=True)
    return bool(asked.stdout.strip())


def free_port() -> int:
    """Return a port that no one uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def language() -> str:
    """Return zh where JupyterLab's Chinese language pack is installed, so that its menus are tested too."""
    return "zh" if importlib.util.find_spec("jupyterlab_language_pack_zh_CN") else "en"


def private_environment(home: Path, theme: str = "light") -> dict[str, str]:
    """Return an environment in which JupyterLab meets no one's settings, draws every cell at once, and has a theme."""
    tracker = home / "config/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text(json.dumps({"windowingMode": "none"}), encoding="utf-8")
    themes = home / "config/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    themes.parent.mkdir(parents=True)
    themes.write_text(json.dumps({"theme": f"JupyterLab {theme.capitalize()}"}), encoding="utf-8")
    folders = {"HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run",
               "IPYTHONDIR": "ipython", "XDG_CACHE_HOME": "cache"}  # fmt: skip
    return {**os.environ, **{name: str(home / folder) for name, folder in folders.items()}}


@contextlib.contextmanager
def running_server(home: Path, spoken: str, theme: str) -> Iterator[str]:
    """Start JupyterLab by the project's own script and yield its address."""
    notebooks = home / "notebooks"
    shutil.copytree(ROOT / "notebooks", notebooks, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    port = free_port()
    command = [
        sys.executable, str(ROOT / "scripts" / "open_lab.py"), spoken, "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={notebooks}",
    ]  # fmt: skip
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, env=private_environment(home, theme), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            # The server's own group: the kernels too, and nothing else.
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "JupyterLab ended at once"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError("JupyterLab did not start")


@contextlib.contextmanager
def running_lab(driver: Playwright, home: Path, executable: str, spoken: str = "", theme: str = "light") -> Iterator[Lab]:
    """Start JupyterLab and the browser; yield both as one."""
    fonts = home / "fonts.conf"
    fonts.write_text(FONTS, encoding="utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    with running_server(home, spoken or language(), theme) as address:
        browser = driver.chromium.launch(executable_path=executable, headless=True, args=list(CHROMIUM), env=environment)
        context = browser.new_context(accept_downloads=True)
        downloads: list[Download] = []
        # JupyterLab opens the PDF in a page of its own, which becomes a download.
        context.on("page", lambda page: page.on("download", lambda each: downloads.append(each)))
        yield Lab(context.new_page(), address, downloads)
        browser.close()
