"""Turning pages into files: the templates, everything that comes from data escaped."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any, Final

import jinja2
import pandas as pd

from daye_analysis.bilingual import Language, date_words
from daye_analysis.progress.vocabulary import EVIDENCE_TEXT
from daye_analysis.site.content import Link, Page, address, escaped_json, html
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label

TAGS: Final = {"zh": "zh-CN", "en": "en"}
_MENU: Final = ("home", "wanted", "changes", "reports", "data", "sql", "lab", "search", "about")


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("daye_analysis.site", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(edition: Edition, page: Page) -> bytes:
    """Return a page as a file."""
    up = "../" * page.path.count("/")
    language = page.language
    words: dict[str, Any] = {
        "page": page,
        "tags": TAGS,
        "edition": edition,
        "up": up,
        "menu": [
            (Link(label(name, language), f"{language}/{'' if name == 'home' else name + '/'}"))
            for name in _MENU
            if name != "lab" or edition.lab
        ],
        "day": date_words(pd.Timestamp(edition.day), language),
        "linked": [
            escaped_json(json.dumps(each, ensure_ascii=False, separators=(",", ":"))) for each in page.linked
        ],
        "html": lambda line: html(line, up),
        "href": lambda to: address(to, up),
        "label": functools.partial(_label, language),
        "other_language": "en" if language == "zh" else "zh",
    }
    return _file(page.template, words)


def _label(language: Language, key: str, /, **values: Any) -> str:
    return label(key, language, **values)


def root_file(template: str, edition: Edition, up: str = "", **words: Any) -> bytes:
    """Return a page of neither language: the root's, a permanent address, a card, or the page for an unknown address."""
    return _file(
        template,
        {
            "edition": edition,
            "up": up,
            "tags": TAGS,
            "html": lambda line: html(line, up),
            "href": lambda to: address(to, up),
            "label": label,
            **words,
        },
    )


def index_page(entries: Sequence[Any], language: Language, base: str) -> bytes:
    """Return the page that lists the sites of many packages (`index.Listed`)."""
    words = {
        "entries": entries,
        "language": language,
        "base": base,
        "tags": TAGS,
        "states": [(kind, text.say(language)) for kind, text in EVIDENCE_TEXT.items()],
        "label": functools.partial(_label, language),
    }
    return _file("index.html", words)


def _file(template: str, words: dict[str, Any]) -> bytes:
    return f"{_templates().get_template(template).render(words)}\n".encode()
