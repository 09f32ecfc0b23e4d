"""What is for machines that follow the site: Atom feeds of changes, the sitemap, and robots.txt."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.brief.movement import movement_words
from daye_analysis.progress.movement import MOVED_TEXT
from daye_analysis.site.edition import LANGUAGES, Edition
from daye_analysis.site.history import Change
from daye_analysis.site.labels import label

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# A reader of feeds needs no more of the past.
_MOST = 100


def feed(edition: Edition, language: Language) -> bytes:
    """Return an Atom feed of what changed, an entry a target and day.

    The identifiers follow from the package's name, target, day and version alone, so that no entry comes twice when a
    site moves.
    """
    about = edition.metadata
    found = edition.changes[:_MOST]
    updated = max((change.day for change in found), default=edition.day)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": {"zh": "zh-CN", "en": "en"}[language]})
    _text(root, "id", _urn(edition.package.name, language))
    _text(root, "title", about.title.say(language))
    _text(root, "subtitle", label("changes_lede", language))
    _text(root, "updated", f"{updated.isoformat()}T00:00:00Z")
    author = ET.SubElement(root, "author")
    _text(author, "name", about.publisher.say(language) or about.title.say(language))
    _text(root, "rights", label("licence", language))
    if edition.base:
        ET.SubElement(root, "link", {"rel": "self", "href": edition.absolute(f"feed.{language}.xml")})
    ET.SubElement(root, "link", {"rel": "alternate", "href": _address(edition, f"{language}/changes/")})
    for change in found:
        root.append(_entry(edition, change, language))
    return _file(root)


def _entry(edition: Edition, change: Change, language: Language) -> ET.Element:
    package, kinds = edition.package, list(change.kinds)
    joint, colon = Text("、", ", ").say(language), Text("：", ": ").say(language)
    name = edition.names[language].get(change.target_id, change.target_id)
    before, after = (movement_words(package, row, kinds, language) for row in (change.before, change.after))
    entry = ET.Element("entry")
    _text(entry, "id", _urn(package.name, change.target_id, change.day.isoformat(), change.release, *(["report"] if change.since else [])))
    _text(entry, "title", f"{name}{colon}{joint.join(MOVED_TEXT[kind].say(language) for kind in kinds)}")
    _text(entry, "updated", f"{change.day.isoformat()}T00:00:00Z")
    notes = [label("change_undated", language)] if change.undated else []
    notes += [label("change_release", language, version=change.release)] if change.release else []
    notes += [label("change_report", language, day=date_words(pd.Timestamp(change.since), language))] if change.since else []
    _text(entry, "summary", Text("。", ". ").say(language).join([f"{before} → {after}", *notes]))
    page = (
        f"{language}/target/{change.target_id}/"
        if change.target_id in edition.judged
        else f"{language}/changes/"
    )
    ET.SubElement(entry, "link", {"rel": "alternate", "href": _address(edition, page)})
    return entry


def sitemap(edition: Edition, paths: Iterable[str]) -> bytes:
    """Return the sitemap of a site with a public address: every page, with its counterpart in the other language."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for path in paths:
        url = ET.SubElement(root, "url")
        _text(url, "loc", edition.absolute(path))
        _text(url, "lastmod", edition.day.isoformat())
        language, _, rest = path.partition("/")
        if language in LANGUAGES:
            for other, tag in (("zh", "zh-CN"), ("en", "en")):
                address = edition.absolute(f"{other}/{rest}")
                ET.SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": tag, "href": address})
    return _file(root)


def robots(edition: Edition) -> bytes:
    """Return robots.txt: everything may be read."""
    where = f"Sitemap: {edition.absolute('sitemap.xml')}\n" if edition.base else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()


def _address(edition: Edition, path: str) -> str:
    """Return a public address, or without one the file below the feed's folder."""
    return edition.absolute(path) or f"{path}index.html"


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "policy-targets:" + "/".join(parts)).urn


def _text(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = words


def _file(root: ET.Element) -> bytes:
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
