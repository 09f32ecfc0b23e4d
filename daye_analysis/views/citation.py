"""Citations of a figure, a target, a source or the package: in words after GB/T 7714, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import difflib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import WrongUsage
from daye_analysis.package.describe.citation import citation_line
from daye_analysis.package.formatting import period_words, target_words
from daye_analysis.package.permalinks import observation_link, page_link, target_link
from daye_analysis.package.records import Record, records
from daye_analysis.package.tex import tex
from daye_analysis.problem_messages import worded
from daye_analysis.session import session_language
from daye_analysis.views.lookup import find
from daye_analysis.views.problems import VIEW_PROBLEMS
from daye_analysis.views.verdict_words import stated_words, unit_label

if TYPE_CHECKING:
    from daye_analysis.views.view import View

_LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")


@dataclass(frozen=True)
class Citation:
    """A citation in every form.

    Attributes
    ----------
    key
        What is cited: an identifier of the package, or the package's name.
    text
        One paragraph, zh and en: what it says, where it was read, and by which package it is quoted.
    bibtex
        An entry for BibTeX.
    csl
        The same as a CSL-JSON item, which reference managers read.
    permalink
        Its address on the public site.
    """

    key: str
    text: Text
    bibtex: str
    csl: Mapping[str, Any]
    permalink: str

    def csl_json(self) -> str:
        """Return the CSL-JSON as text: a list of one item."""
        return json.dumps([self.csl], ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        return self.text.say(session_language())

    def __repr__(self) -> str:
        return f"{self}\n\n{self.bibtex}"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(str(self))}</p><pre>{html.escape(self.bibtex)}</pre>"


def cite(view: View, key: str) -> Citation:
    """Return how to cite what `key` names; see `View.cite`."""
    package = view.package
    if not key:
        return _of_package(view)
    known = view.observations
    for row in records(known[known["observation_id"] == key]):
        return _of_observation(view, row)
    if key in set(package.observations["observation_id"]):
        raise WrongUsage(worded(VIEW_PROBLEMS, "cite.not-yet-known", "key", key=key, day=view.day))
    if key in set(package.sources["source_id"]):
        source = package.record("sources", key)
        link = page_link(package, "source", key, "zh")
        return _citation(key, _source_words(source), Text("", ""), source, link)
    try:
        return _of_target(view, find(package, "target", key))
    except WrongUsage as error:
        names = [*package.observations["observation_id"], *package.sources["source_id"], *package.targets["target_id"]]
        near = difflib.get_close_matches(str(key).lower(), names, n=3, cutoff=0.5) or [names[0], *package.targets["target_id"][:1]]
        raise WrongUsage(worded(VIEW_PROBLEMS, "cite.unknown", "key", key=key, names=tuple(near))) from error


def _of_observation(view: View, row: Record) -> Citation:
    """Return the citation of a figure: what it says, its source, and the package."""
    package = view.package
    targets = [each for each in records(package.targets) if each["indicator_id"] == row["indicator_id"]]
    nested = row["observation_id"] in set(view.evidence()["observation_id"])
    link = observation_link(package, {**row, "target_id": targets[0]["target_id"] if targets and nested else None}, "zh")
    says = Text(*(_says(view, row, language) for language in _LANGUAGES))
    if row["observation_id"] in package.assumed:
        phrases = Text(f"{says.zh}（使用者的假设，不是公开数据）。", f"{says.en} (a user's assumption, not a published figure).")
        return _citation(str(row["observation_id"]), phrases, Text("", ""), {"title": phrases.en, "publisher": "", "published": ""}, link)
    source = package.record("sources", row["source_id"])
    read = _source_words(source)
    quoted = _quoted(view, link)
    text = Text(f"{says.zh}。{read.zh}{quoted.zh}", f"{says.en}. {read.en}{quoted.en}")
    return _citation(str(row["observation_id"]), text, says, source, link)


def _of_target(view: View, target_id: str) -> Citation:
    """Return the citation of a target: what is asked, the document that asks it, and the package."""
    package = view.package
    row = package.target_row(target_id)
    plan = package.record("plans", row["plan_id"])
    source = package.record("sources", plan["source_id"])
    link, read = target_link(package, target_id), _source_words(source)
    asked = Text(*(_asked(view, row, language) for language in _LANGUAGES))
    says = Text(f"{row['name_zh']}：{asked.zh}", f"{row['name_en']}: {asked.en}")
    quoted = _quoted(view, link)
    text = Text(f"{says.zh}（“{row['wording_zh']}”）。{read.zh}{quoted.zh}", f"{says.en} (“{row['wording_zh']}”). {read.en}{quoted.en}")
    return _citation(target_id, text, says, source, link)


def _asked(view: View, row: Mapping[str, Any], language: Language) -> str:
    return target_words(str(row["comparator"]), float(row["value"]), unit_label(view.package, row["unit_code"], language), language)


def _of_package(view: View) -> Citation:
    metadata = view.package.metadata
    source = {"title": metadata.title.zh, "publisher": metadata.publisher.zh, "published": metadata.created or metadata.compiled_on}
    return _citation(metadata.name, citation_line(metadata), Text("", ""), source, metadata.homepage)


def _says(view: View, row: Record, language: Language) -> str:
    """Return a figure in words: 大冶市高新技术企业数，2025年末，423 家."""
    package = view.package
    area = package.record("areas", row["area_id"])[f"name_{language}"]
    name = package.record("indicators", row["indicator_id"])[f"name_{language}"]
    value = stated_words(package, row, language)
    when = period_words(row["period_start"], row["period_end"], language)
    return f"{area}{name}，{when}，{value}" if language == "zh" else f"{area}, {name}, {when}: {value}"


def _source_words(source: Mapping[str, Any]) -> Text:
    """Return a source after GB/T 7714: publisher, title, kind of document, date, address."""
    day, address = _text(source["published"]), _text(source["url"])
    dated = f"({day})" if day else ""
    medium = "EB/OL" if address else "Z"
    end = f" {address}." if address else ""
    zh = f"{source['publisher']}. {source['title']}[{medium}]. {dated or '日期未注明'}.{end}"
    en = f"{source['publisher']}. {source['title']}. {day or 'n.d.'}.{end}"
    return Text(zh, en)


def _quoted(view: View, link: str) -> Text:
    """Return the package by which something is quoted, and where its public page is, where it has one."""
    line = citation_line(view.package.metadata)
    at = f" {link}" if view.package.metadata.homepage else ""
    return Text(f" 转引自{line.zh}{at}", f" Quoted from {line.en}{at}")


def _citation(key: str, text: Text, says: Text, source: Mapping[str, Any], link: str) -> Citation:
    day, address = _text(source.get("published")), _text(source.get("url")) or (link if "://" in link else "")
    fields = {"title": _text(source["title"]), "author": _text(source["publisher"]), "year": day[:4], "url": address, "note": says.en}
    lines = [f"  {name} = {{{{{tex(value)}}}}}" if name in ("title", "author") else f"  {name} = {{{value if name == 'url' else tex(value)}}}"
             for name, value in fields.items() if value]  # fmt: skip
    item: dict[str, Any] = {"id": key, "type": "webpage" if address else "document", "title": fields["title"]}
    if fields["author"]:
        item["author"] = [{"literal": fields["author"]}]
    if day:
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    item |= {name: value for name, value in (("URL", address), ("note", says.en)) if value}
    return Citation(key, text, "@misc{" + key + ",\n" + ",\n".join(lines) + "\n}", item, link)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
