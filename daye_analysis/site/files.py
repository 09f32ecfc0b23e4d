"""Every file of a site, one by one: pages, permanent addresses, feeds, and the package itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.cards import figure_period, figure_value
from daye_analysis.charts.labels import asked_words
from daye_analysis.charts.labels import label as chart_label
from daye_analysis.site.content import Kind, Page
from daye_analysis.site.downloads import figures_csv, target_json
from daye_analysis.site.edition import LANGUAGES, Edition
from daye_analysis.site.editions import EditionFiles
from daye_analysis.site.feed import feed, robots, sitemap
from daye_analysis.site.labels import label
from daye_analysis.site.pages.changes import changes_page
from daye_analysis.site.pages.evidence import area_page, indicator_page, source_page
from daye_analysis.site.pages.home import home_page, wanted_page
from daye_analysis.site.pages.official import action_page, body_page, cluster_page
from daye_analysis.site.pages.rows import evidence_badge, finding
from daye_analysis.site.pages.services import (
    about_page,
    data_page,
    gone_page,
    lab_page,
    reports_page,
    search_page,
    sql_page,
)
from daye_analysis.site.pages.target import target_page
from daye_analysis.site.render import rendered, root_file

_OF_ONE: Final[dict[Kind, Callable[[Edition, str, Language], Page]]] = {
    "target": target_page,
    "action": action_page,
    "cluster": cluster_page,
    "unit": body_page,
    "indicator": indicator_page,
    "area": area_page,
    "source": source_page,
}
_OF_ALL: Final = (
    home_page,
    wanted_page,
    changes_page,
    reports_page,
    data_page,
    sql_page,
    search_page,
    about_page,
)


def edition_files(made: EditionFiles) -> Iterator[tuple[str, bytes]]:
    """Yield every file of an edition: its path below the site's root, and its bytes."""
    edition, prefix = made.edition, made.edition.prefix
    paths = []
    for page in pages(edition):
        paths.append(page.path)
        yield f"{prefix}{page.path}index.html", rendered(edition, page)
    for target_id in edition.judged:
        paths.append(f"target/{target_id}/")
        for name, content in _permanent(edition, target_id):
            yield f"{prefix}target/{target_id}/{name}", content
    for gone in edition.gone:
        if gone.kind == "target":
            paths.append(f"target/{gone.id}/")
            yield f"target/{gone.id}/index.html", root_file("gone.html", edition, "../../", gone=gone)
    for language in LANGUAGES:
        yield f"{prefix}feed.{language}.xml", feed(edition, language)
    yield f"{prefix}index.html", root_file("root.html", edition)
    if not prefix:
        yield "404.html", root_file("404.html", edition, root=urlsplit(edition.base).path)
        yield "robots.txt", robots(edition)
        if edition.base:
            yield "sitemap.xml", sitemap(edition, ["", *paths])
    for path, content in made.files.items():
        yield f"{prefix}{path}", content
    for path, content in static_files():
        yield f"{prefix}static/{path}", content


def pages(edition: Edition) -> Iterator[Page]:
    """Yield every page of an edition, zh first."""
    for language in LANGUAGES:
        for of_all in _OF_ALL:
            yield of_all(edition, language)
        if edition.lab:
            yield lab_page(edition, language)
        for kind, of_one in _OF_ONE.items():
            for identifier in edition.ids(kind):
                yield of_one(edition, identifier, language)
        for gone in edition.gone:
            yield gone_page(edition, gone, language)


def _permanent(edition: Edition, target_id: str) -> Iterator[tuple[str, bytes]]:
    """Yield what is at a target's permanent address: both languages, a card to embed, and the target as data."""
    names = [edition.name("target", target_id, language) for language in LANGUAGES]
    says = [_says(edition, target_id, language) for language in LANGUAGES]
    figures = [_figure(edition, row) for row in edition.view.evidence_of(target_id)]
    words: dict[str, Any] = {"path": f"target/{target_id}/", "names": names, "says": says, "figures": figures}
    yield "index.html", root_file("permanent.html", edition, "../../", **words)
    yield "card.html", root_file("card.html", edition, "../../", **words)
    yield "figures.csv", figures_csv(edition, target_id)
    yield "target.json", target_json(edition, target_id)


def _figure(edition: Edition, row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return an observation's identifier, and the figure in words in each language."""
    unit = [edition.unit(row["unit_code"], language) for language in LANGUAGES]
    zh, en = (f"{figure_period(dict(row), language)} {figure_value(dict(row), label, language)}" for language, label in zip(LANGUAGES, unit, strict=True))
    return str(row["observation_id"]), zh, en


def _says(edition: Edition, target_id: str, language: Language) -> dict[str, Any]:
    judged = edition.judged[target_id]
    return {
        "language": language,
        "asked": asked_words(edition.package, judged, language),
        "evidence": evidence_badge(judged, language),
        "finding": finding(edition, judged, language),
        "as_of": label("as_of", language, day=date_words(pd.Timestamp(edition.day), language)),
        "open": Text("查看中文页面", "Open the page in English").say(language),
        **{f"{name}_label": chart_label(name, language) for name in ("asked", "evidence", "finding")},
    }


def static_files() -> Iterator[tuple[str, bytes]]:
    """Yield the style sheet, the scripts and the SQL library, by their names below `static/`."""
    root = resources.files("daye_analysis.site") / "static"
    for path in _FILES:
        yield path, (root / path).read_bytes()


_FILES: Final = ("site.css", "site.js", "sql.js", "sqljs/LICENSE", "sqljs/sql-wasm.js", "sqljs/sql-wasm.wasm")
