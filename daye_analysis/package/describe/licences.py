"""What may be done with the compilation, and with the verbatim official wording inside it."""

from __future__ import annotations

from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import Table

CC_BY_NAME = "CC-BY-4.0"
CC_BY_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
CC_BY_TITLE = Text("知识共享 署名 4.0 国际", "Creative Commons Attribution 4.0 International")
COMPILATION = Text(
    "适用于本表的汇编、标识、代码和翻译。",
    "Covers this table's compilation, identifiers, codes and translations.",
)
_OFFICIAL_TITLE = Text("官方文字：公有领域", "Official wording: public domain")
OFFICIAL_WORDING = Text(
    "其中逐字照录的官方文字是地方党委和政府的公文。《中华人民共和国著作权法》第五条第（一）项规定，著作权法不适用于"
    "法律、法规，国家机关的决议、决定、命令和其他具有立法、行政、司法性质的文件，及其官方正式译文。此为说明，不是法律意见。",
    "The official words quoted verbatim come from a document of local Party and government bodies. Article 5(1) of the "
    "Copyright Law of the People's Republic of China says that the law does not apply to laws and regulations, to "
    "resolutions, decisions and orders of state organs, to other documents of a legislative, administrative or judicial "
    "nature, or to their official translations. This is an explanation and no legal advice.",
)


def _licence(name: str, path: str, title: Text, description: Text) -> dict[str, Any]:
    licence: dict[str, Any] = {"name": name}
    if path:
        licence["path"] = path
    english = {"title": title.en, "description": description.en}
    return {**licence, "title": title.zh, "description": description.zh, "i18n": {"en": english}}


def compilation_licence() -> dict[str, Any]:
    """Return the licence of what this project made: the compilation, codes and translations."""
    return _licence(CC_BY_NAME, CC_BY_ADDRESS, CC_BY_TITLE, COMPILATION)


def official_wording_licence() -> dict[str, Any]:
    """Return the licence of verbatim official wording."""
    return _licence("other-pd", "", _OFFICIAL_TITLE, OFFICIAL_WORDING)


def table_licences(table: Table) -> list[dict[str, Any]]:
    """Return the licences of `table`: two where it quotes official wording beside our own identifiers."""
    if table.licence == "official_wording":
        return [compilation_licence(), official_wording_licence()]
    return [compilation_licence()]
