"""Reading the pages of a site: every link, identifier and request that a page makes, without a browser."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

# Attributes that make a browser ask for something as soon as it shows the page.
ASKED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "use": "href"}
# Links that ask for nothing: they only say what belongs to the page.
SAID = {"canonical", "alternate"}
VOID = {"meta", "link", "br", "img", "input", "hr", "wbr", "source", "col"}


@dataclass
class Read(HTMLParser):
    """What one page holds."""

    links: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: int = 0
    handlers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        self.styles += tag == "style" or "style" in given
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        asked = given.get(ASKED.get(tag, ""), "")
        if asked and not (tag == "link" and given.get("rel") in SAID):
            self.asked.append(asked)
        elif asked:
            self.links.append(asked)
        if tag == "script":
            self.script = given.get("type", "text/javascript") if "src" not in given else ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
        if tag == "script":
            self.script = None

    def handle_data(self, data: str) -> None:
        if self.script is not None:
            self.scripts.append(f"{self.script}\n{data}")
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Return the words of the page, a space between parts."""
        return " ".join(" ".join(self.words).split())


def read(path: Path) -> Read:
    """Return what the page in a file holds."""
    found = Read()
    found.feed(path.read_text(encoding="utf-8"))
    found.close()
    return found


def pages(root: Path) -> Iterator[tuple[str, Read]]:
    """Yield every page below a folder by its path."""
    for path in sorted(root.rglob("*.html")):
        yield path.relative_to(root).as_posix(), read(path)


def broken_links(root: Path, base: str) -> list[str]:
    """Return every internal link, with its page, whose file or fragment is not there."""
    found = dict(pages(root))
    broken = []
    for path, page in found.items():
        for link in (*page.links, *page.asked):
            below = next((link.removeprefix(each) for each in (base, urlsplit(base).path) if each and link.startswith(each)), None)
            if below is not None:  # an address of the site itself
                link = posixpath.relpath(below or ".", posixpath.dirname(path) or ".") + ("/" if link.endswith("/") else "")
            if "://" in link or link.startswith(("data:", "mailto:")):
                continue
            where, _, fragment = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)) if where else path
            if where.endswith("/") or target in ("", "."):
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            if not (root / target).is_file() or (fragment and fragment not in found[target].ids):
                broken.append(f"{path}: {link}")
    return broken
