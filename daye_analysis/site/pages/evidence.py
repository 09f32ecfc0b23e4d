"""The pages of the evidence: an indicator, an area and a source, each with all figures known of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.citations import published_words
from daye_analysis.charts.labels import asked_words
from daye_analysis.package.definition import codes
from daye_analysis.package.records import records
from daye_analysis.site.content import Items, Link, Page, Section, listed
from daye_analysis.site.edition import Edition
from daye_analysis.site.labels import label
from daye_analysis.site.linked import area_linked, source_linked, trail_linked
from daye_analysis.site.pages.official import figures_of
from daye_analysis.site.pages.rows import facts, in_own_language


def indicator_page(edition: Edition, indicator_id: str, language: Language) -> Page:
    """Return the page of one indicator: what it counts, which targets use it, and its figures by period."""
    row = edition.package.record("indicators", indicator_id)
    name = edition.name("indicator", indicator_id, language)
    definition = str(row[f"definition_{language}"])
    targets = [each for each in edition.judged if edition.package.record("targets", each)["indicator_id"] == indicator_id]
    space = Text("　", " ").say(language)
    head = facts(
        (label("definition", language), definition),
        (label("role", language), codes.INDICATOR_ROLE.label(str(row["role"])).say(language)),
        (label("quantity", language), codes.QUANTITY.label(str(row["quantity"])).say(language)),
        (label("direction", language), codes.DIRECTION.label(str(row["direction"])).say(language)),
        (label("unit", language), edition.unit(row["unit_code"], language)),
    )
    sections = [Section("", "", (head,))]
    if targets:
        lines = tuple(
            (edition.link("target", each, language), space, asked_words(edition.package, edition.judged[each], language)) for each in targets
        )
        sections.append(Section("targets", label("its_targets", language), (Items(lines),)))
    sections.append(Section("figures", label("figures", language), figures_of(edition, "indicator_id", indicator_id, language, "indicator")))
    return _page(edition, "indicator", indicator_id, language, f"{name}. {definition}", sections)


def area_page(edition: Edition, area_id: str, language: Language) -> Page:
    """Return the page of one area: what contains it and what it contains, and its figures by indicator."""
    package = edition.package
    row = package.record("areas", area_id)
    parts = [str(each["area_id"]) for each in records(package.areas) if pd.notna(each["parent_id"]) and each["parent_id"] == area_id]
    head = facts(
        (label("level", language), codes.AREA_LEVEL.label(str(row["level"])).say(language)),
        (label("code", language), "" if pd.isna(row["gbt2260_code"]) else str(row["gbt2260_code"])),
        (label("parent", language), None if pd.isna(row["parent_id"]) else edition.link("area", row["parent_id"], language)),
        (label("contains", language), listed([edition.link("area", each, language) for each in parts], language)),
    )
    sections = [
        Section("", "", (head,)),
        Section("figures", label("figures", language), figures_of(edition, "area_id", area_id, language, "area")),
    ]
    return _page(edition, "area", area_id, language, edition.name("area", area_id, language), sections, area_linked(edition, area_id, language))


def source_page(edition: Edition, source_id: str, language: Language) -> Page:
    """Return the page of one source: who published it when, where it is, and what was read in it."""
    row = edition.package.record("sources", source_id)
    if pd.isna(row["known_on"]):
        known = label("known_on_undated", language, day=date_words(pd.Timestamp(edition.package.compiled_on), language))
    else:
        known = date_words(row["known_on"], language)
    if pd.isna(row["url"]):
        address: Any = label("no_address" if row["tier"] == "repost" else "address_unknown", language)
    else:
        address = Link(str(row["url"]), str(row["url"]))
    head = facts(
        (label("publisher", language), in_own_language(str(row["publisher"]), language)),
        (label("published", language), published_words(row["published"], language)),
        (label("known_on", language), known),
        (label("kind", language), codes.SOURCE_KIND.label(str(row["kind"])).say(language)),
        (label("tier", language), codes.SOURCE_TIER.label(str(row["tier"])).say(language)),
        (label("address", language), address),
    )
    sections = [
        Section("", "", (head,)),
        Section("figures", label("figures", language), figures_of(edition, "source_id", source_id, language, "source")),
    ]
    about = f"{row['title']} – {row['publisher']}"
    return _page(edition, "source", source_id, language, about, sections, source_linked(edition, source_id, language))


def _page(
    edition: Edition, kind: Any, identifier: str, language: Language, description: str, sections: list[Section], linked: Any = None
) -> Page:
    name = edition.name(kind, identifier, language)
    plural = label({"indicator": "indicators", "area": "areas", "source": "sources"}[kind], language)
    trail = (Link(label("home", language), f"{language}/"), Link(plural, f"{language}/search/#{kind}"))
    return Page(
        path=f"{language}/{kind}/{identifier}/",
        language=language,
        title=name,
        description=description,
        sections=tuple(sections),
        trail=trail,
        linked=(*([linked] if linked else []), trail_linked(edition, trail, name)),
    )

