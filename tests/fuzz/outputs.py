"""Notebooks of HTML and Markdown made at random: the printer prints every visible word, or names what it could not print."""

from __future__ import annotations

import html
import json
import random
import string
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzz.faults import run

SECONDS = 60.0
_BLOCKS = (
    "div", "p", "section", "article", "blockquote", "pre", "center", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "address",
    "fieldset", "legend", "form", "header", "footer", "main", "aside", "nav", "details", "summary", "dl", "dt", "dd", "ul", "ol", "li", "menu",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "body", "html",
)  # fmt: skip
_INLINES = (
    "span", "b", "i", "em", "strong", "code", "kbd", "samp", "var", "sub", "sup", "small", "big", "u", "s", "del", "ins", "mark", "q", "cite",
    "abbr", "a", "font", "tt", "label", "button", "output", "ruby", "rt", "rp", "bdo", "bdi", "time", "data", "x-own", "nobr", "dfn", "blink",
)  # fmt: skip
_ATTRIBUTES = (
    "", "", "", "", " class='a b'", " id=x", " style='color:red;text-align:right'", " style='white-space:pre'", " dir=rtl", " align=center",
    " colspan=2", " rowspan=2", " rowspan=0", " colspan=x", " href='#x'", " href='javascript:1'", " start=5", " reversed", " open", " lang=zh",
    " title='t'", " width=10", " style='width:1px;overflow:scroll'", " aria-hidden=true", " contenteditable", " x", " style='display:block'",
)  # fmt: skip
# What stands between tags without being a word.
_VOIDS = (
    "<br>", "<hr>", "<wbr>", "<!-- note -->", "<!>", "<?pi?>", "</p>", "</b>", "</table>", "</x>", "<col>", "&nbsp;", "&shy;", "&#0;", "&bad;", "&",
    "< ", "<3", "\n", "\n\n", "\t", " ", "<img alt=''>", "<input type=hidden>", "<style>b {}</style>",
    "<template>n</template>", "]]>", "<![CDATA[>", "<![x[>", "\u200b", "\u202e\u202c", "　", "<svg/>", "<math/>", "<link>", "<meta>", "$", "$$", "\\(", "`", "*",
)  # fmt: skip


_LEAVES_WORDS_OUT = ("pdf.not-printed", "pdf.lost-words", "pdf.not-set")


class _Words:
    """Words that occur nowhere else, and those made so far."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made: list[str] = []

    def __call__(self) -> str:
        """Return one more."""
        self.made.append("".join(self.chance.choices(string.ascii_lowercase, k=7)) + self.chance.choice(("", "冶", "7")))
        return self.made[-1]


def _tree(chance: random.Random, word: _Words, depth: int) -> str:
    parts = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        if chance.random() < 0.3:
            parts.append(chance.choice(_VOIDS))
        if depth == 0 or chance.random() < 0.3:
            parts.append(word())
            continue
        name = chance.choice(_BLOCKS if chance.random() < 0.6 else _INLINES)
        inner = _tree(chance, word, depth - 1)
        ended = f"</{name}>" if chance.random() < 0.9 else ""
        parts.append(f"<{name}{chance.choice(_ATTRIBUTES)}>{inner}{ended}")
    return "".join(parts)


def _as_html(chance: random.Random, word: _Words) -> dict[str, str]:
    return {"text/html": "".join(_tree(chance, word, chance.randrange(1, 6)) for _ in range(chance.randrange(1, 5)))}


def _as_markdown(chance: random.Random, word: _Words) -> dict[str, str]:
    ways: tuple[Callable[[], str], ...] = (
        lambda: f"{'#' * chance.randrange(1, 8)} {word()} *{word()}*",
        lambda: f"- {word()}\n  - {word()}\n\n    {word()}\n1. {word()}",
        lambda: f"> {word()}\n> > {word()}\n{word()}",
        lambda: f"| {word()} | {word()} |\n|---|:-:|\n| {word()} | **{word()}** |\n| {word()} |",
        lambda: f"```{chance.choice(('', 'python', 'x{y}'))}\n{word()}\n```",
        lambda: f"    {word()}\n\n`{word()}` ``{word()} ` ``",
        lambda: f"[{word()}](http://127.0.0.1:9/) [{word()}][n] [{word()}]\n\n[n]: http://127.0.0.1:9/",
        lambda: f"{word()}[^{chance.randrange(3)}] ~~{word()}~~ {word()}\\\n{word()}  \n{word()}",
        lambda: f"- [ ] {word()}\n- [x] {word()}",
        lambda: f"{word()}[^n] {word()}[^m]\n\n[^n]: {word()}\n\n    - {word()}\n\n    > {word()}[^m]\n\n[^m]: | {word()} |\n    |---|\n    | {word()} |",
        lambda: f"[^s]{word()}\n\n[^s]: {word()} [^s] <b>{word()}</b>\n\n    ```\n    {word()}\n    ```\n\n    <div>{word()}</div>",
        lambda: f"{word()}\n===\n{word()}\n---\n***\n{word()}",
        lambda: f"<div>\n\n*{word()}*\n\n</div> {word()}",
        lambda: _tree(chance, word, 3),
        lambda: f"\\*{word()}\\* &amp; &copy; {word()} <{word()}@example.org>",
        lambda: f"{word()} $x^2$ {word()} $$\\frac{{1}}{{2}}$$ {word()} $5 {word()} $6",
    )
    return {"text/markdown": "\n\n".join(chance.choice(ways)() for _ in range(chance.randrange(1, 6)))}


def _as_svg(chance: random.Random, _: _Words) -> dict[str, str]:
    """Return a picture with words; whether they can be read in the PDF is the picture's to say, so none is looked for."""
    inner = chance.choice((
        "<text x='2' y='15'>{}</text>", "<foreignObject width='9' height='9'><p xmlns='http://www.w3.org/1999/xhtml'>{}</p></foreignObject>",
        "<g><text>{}<tspan>{}</tspan></text></g>", "<defs><pattern id='p'><text>{}</text></pattern></defs><rect fill='url(#p)' width='9' height='9'/>",
        "<switch><foreignObject/><text y='9'>{}</text></switch>", "<script>{}</script>", "<use href='#u'/><text id='u'>{}</text>", "<a href='#'>{}</a>", "<desc>{}</desc>",
    ))  # fmt: skip
    size = chance.choice(("width='60' height='20'", "width='0' height='0'", "", "viewBox='0 0 9 9'", "width='1e9' height='1'", "width='-5' height='x'"))
    return {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{inner.format('a', 'b')}</svg>", "text/plain": "f"}


def _as_text(chance: random.Random, word: _Words) -> dict[str, str]:
    signs = ("\n", " ", "\t", "\x1b[31m", "\x1b[0m", "\r\n", "\b", "\x0b", "\u2028", "<b>", "&amp;", "\\", "\x1b]8;;x\x07", "\0", "\ufffe")
    return {"text/plain": "".join(f"{word()}{chance.choice(signs)}" for _ in range(chance.randrange(1, 12)))}


def printing(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what kinds of outputs a notebook shows, and what goes wrong with printing it."""
    chance = random.Random(seed)
    word = _Words(chance)
    kinds = chance.choices((_as_html, _as_html, _as_markdown, _as_markdown, _as_text, _as_svg), k=chance.randrange(1, 4))
    shown = [kind(chance, word) for kind in kinds]
    (folder / "outputs.json").write_text(json.dumps(shown, ensure_ascii=False, indent=1), encoding="utf-8")
    ended = run(lambda: _printed(shown, word.made), seconds=SECONDS)
    what = ", ".join(name for data in shown for name in data)
    return what, ended.faults("printing") or ([f"printing: {ended.said[-1500:]}"] if ended.code else [])


def _printed(shown: list[dict[str, str]], words: list[str]) -> int:
    """Print the outputs, and print to standard output each word that is neither in the PDF nor told; 1 where there is one."""
    from pdf_help import notebook, options, text_of

    from daye_analysis.reporting.documents import print_notebook

    cells: list[Any] = [data.get("text/markdown", data) for data in shown]
    made = print_notebook(notebook(*cells), options(strict=False))
    said = unicodedata.normalize("NFKC", text_of(made.pdf))
    page = html.unescape(made.html)
    missing = [word for word in words if word not in said or word not in page]
    if missing and not any(problem.code in _LEAVES_WORDS_OUT for problem in made.warnings):
        print("not in the PDF or not in the HTML page, and not told:", missing[:5])
        return 1
    return 0
