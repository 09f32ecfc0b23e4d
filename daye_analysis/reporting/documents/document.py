"""Convert an executed notebook to a document: the cells that a report keeps, numbered and ordered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.errors import Problem
from daye_analysis.punctuation import bracketed
from daye_analysis.reporting.documents.cell_outputs import read_outputs
from daye_analysis.reporting.documents.checks.bounded import bounded, with_fewer_headings
from daye_analysis.reporting.documents.document_blocks import (
    COLOPHON,
    Block,
    Blocks,
    Cell,
    Code,
    CodeBlock,
    Document,
    Heading,
    Inlines,
    Item,
    Listing,
    LostPicture,
    NotPrinted,
    Paragraph,
    Passage,
    Picture,
    PlainText,
    Table,
    plain,
    walk,
    words,
)
from daye_analysis.reporting.documents.formulas.writers import in_words
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.imprint import Imprint
from daye_analysis.reporting.documents.limits import applied
from daye_analysis.reporting.documents.links import linked_passages
from daye_analysis.reporting.documents.markdown import read_markdown
from daye_analysis.reporting.documents.not_printed import place
from daye_analysis.reporting.documents.notebook_text import joined
from daye_analysis.reporting.documents.options import PdfOptions
from daye_analysis.reporting.documents.phrases import AS_OF_LABEL, IMPRINT_LABELS, NOT_OFFICIAL
from daye_analysis.reporting.documents.section_numbers import has_number, section_number
from daye_analysis.reporting.documents.widgets import Models, widget_models
from daye_analysis.reporting.notebooks.languages import program_language
from daye_analysis.reporting.notebooks.notebook import without_nulls

LANGUAGE_TAGS = {"zh", "en"}
_WITHOUT_CELL = {"remove-cell", "remove_cell", "parameters", "injected-parameters"}
_WITHOUT_CODE = {"remove-input", "remove_input", "hide-input", "hide_input"}
_WITHOUT_OUTPUT = {"remove-output", "remove_output", "hide-output", "hide_output", "remove_all_outputs"}

# Running lines repeat the title: a longer heading stays a heading, and its beginning is the title.
_LONGEST_TITLE = 400
_UNTITLED = Text("报告", "Report")
_PARAMETERS = Text("参数", "Parameters")
_MADE_WITH = Text("生成本报告的参数", "Parameters that this report was made with")
# So many characters of a table are on a line of a printed page.
_LINE = 105
_PARAMETER_HEAD = (Text("参数", "Parameter"), Text("取值", "Value"))
_COLOPHON = Text("关于本报告", "About this report")
_SOURCES = Text("资料来源", "Sources")
_UNPRINTED = Text("未能打印的内容", "Could not be printed")
# The place of the list of what was not printed.
UNPRINTED = "unprinted"
_LABELS = {"picture": Text("图 {}", "Figure {}"), "table": Text("表 {}", "Table {}")}


def build_document(notebook: Mapping[str, Any], options: PdfOptions) -> Document:
    """Return the report that `notebook` (nbformat 4) makes with `options`: `read_passages`, put in order."""
    return arranged(read_passages(notebook, options), options)


def arranged(passages: Sequence[Passage], options: PdfOptions, unprinted: Sequence[Problem] = ()) -> Document:
    """Return the document of `passages`, with the list of what is `unprinted` at its end.

    The single first-level heading becomes the title. Heading levels start at 1 and, where one is skipped, are closed
    up; captions are numbered.
    """
    title, heading, passages = _titled(list(passages), options)
    passages += _appendix(options)
    if unprinted:
        passages.append(_unprinted(unprinted, options.language))
    passages = linked_passages(_levelled(passages))
    if options.number_headings:
        passages = _numbered(passages, options.language)
    return Document(
        language=options.language,
        title=title,
        author=plain(options.author or (options.imprint.publisher if options.imprint else "")),
        as_of=options.as_of,
        footer=plain(NOT_OFFICIAL.say(options.language) if options.footer is None else options.footer),
        passages=tuple(_labelled(passages, options.language)),
        heading=heading,
        imprint=options.imprint or Imprint(),
    )


def read_passages(notebook: Mapping[str, Any], options: PdfOptions) -> tuple[Passage, ...]:
    """Return what a report keeps of the cells of `notebook`.

    Cells tagged with the other language, parameters and injected parameters are left out; code appears only with
    `show_code`.
    """
    with applied(options.limits):
        return tuple(with_fewer_headings(_cells(without_nulls(notebook), options)))


def _cells(notebook: Mapping[str, Any], options: PdfOptions) -> Iterator[Passage]:
    number = 0
    models = widget_models(notebook)
    language = program_language(notebook)
    for cell in notebook.get("cells", ()):
        tags = set((cell.get("metadata") or {}).get("tags") or ())
        # The author counts without the cell that a run puts in.
        number += "injected-parameters" not in tags
        spoken = tags & LANGUAGE_TAGS
        if tags & _WITHOUT_CELL or (spoken and options.language not in spoken):
            continue
        blocks = bounded(_cell(cell, tags, options.show_code, models, language))
        if blocks:
            yield Passage(f"cell {number}", blocks)


def _cell(cell: Mapping[str, Any], tags: set[str], show_code: bool, models: Models, language: str) -> Blocks:
    source = joined(cell.get("source", ""))
    match cell.get("cell_type"):
        case "markdown":
            return read_markdown(source, cell.get("attachments"))
        case "raw" | "heading":
            return _raw(source, cell.get("metadata") or {})
    shown = show_code and source.strip() and not tags & _WITHOUT_CODE
    code = (CodeBlock(plain(source.strip("\n")), language),) if shown else ()
    return (*code, *(() if tags & _WITHOUT_OUTPUT else read_outputs(cell.get("outputs") or (), models)))


def _raw(source: str, metadata: Mapping[str, Any]) -> Blocks:
    """Read a raw cell by the format that it names; a text of any other is printed as it is."""
    match metadata.get("raw_mimetype") or metadata.get("format"):
        case "text/markdown":
            return read_markdown(source)
        case "text/html":
            return read_html(source)
        case _:
            return (CodeBlock(plain(source.strip("\n"))),) if source.strip() else ()


def _titled(passages: list[Passage], options: PdfOptions) -> tuple[str, Inlines, list[Passage]]:
    """Take the title out of the notebook's headings: its words, and all of it where it holds more than words.

    A notebook whose first heading is its only one of the first level has its title there. Where the options give
    another title, that heading stays, as a section.
    """
    given = plain(options.title or "")
    headings = [heading for _, heading in _headings(passages)]
    tops = [heading for heading in headings if heading.level == 1]
    if len(tops) == 1 and tops[0] is headings[0] and given in ("", words(tops[0].body)) and len(words(tops[0].body)) <= _LONGEST_TITLE:
        kept = [
            replace(passage, blocks=tuple(block for block in passage.blocks if block is not tops[0]))
            for passage in passages
        ]
        body = tops[0].body
        # Pictures are below the title, which running lines and outlines repeat.
        shown = tuple(node for node in walk(body) if isinstance(node, Picture | LostPicture | NotPrinted))
        if shown:
            kept.insert(0, Passage(next(where for where, heading in _headings(passages) if heading is tops[0]), shown))
            body = tuple(inline for inline in body if inline not in shown)
        is_plain = all(isinstance(inline, PlainText) for inline in body)
        return in_words(body), () if is_plain else body, kept
    title = given or (in_words(headings[0].body) if headings else _UNTITLED.say(options.language))
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…", (), passages


def _headings(passages: Iterable[Passage]) -> Iterator[tuple[str, Heading]]:
    for passage in passages:
        for block in passage.blocks:
            if isinstance(block, Heading):
                yield passage.where, block


def _appendix(options: PdfOptions) -> list[Passage]:
    """Return what is printed at the end: sources, and the parameters the report was made with."""
    language = options.language
    # The level is that of the report's main sections, whatever it is called in the notebook.
    found = []
    if options.sources:
        items = tuple(Item((Paragraph((PlainText(plain(line)),)),)) for line in options.sources)
        found.append(Passage("sources", (_section(_SOURCES.say(language)), Listing(items, start=1, fine=True))))
    if options.imprint:
        found.append(Passage(COLOPHON, _colophon(options, options.imprint)))
    elif options.parameters:
        found.append(Passage("parameters", _parameters(options)))
    return found


def _colophon(options: PdfOptions, imprint: Imprint) -> Blocks:
    """Return what the report is, line by line: the imprint, and the parameters that are the notebook's own."""
    language = options.language
    named = {name: getattr(imprint, name) for name in IMPRINT_LABELS}
    # One line says which package.
    named |= {"package": imprint.package + bracketed(imprint.version, language), "version": ""} if imprint.package else {}
    lines = {label.say(language): named[name] for name, label in IMPRINT_LABELS.items()}
    as_of = {AS_OF_LABEL.say(language): date_words(options.as_of, language)} if options.as_of else {}
    given = {name: value for name, value in (options.parameters or {}).items() if value not in ("", None)}
    own = {options.parameter_names.get(name, name): _said(value) for name, value in given.items()}
    rows = [(plain(name), plain(value)) for name, value in {**as_of, **lines, **own}.items() if value]
    cells = [Cell(x, y, (PlainText(words),), heads=x == 0) for y, row in enumerate(rows) for x, words in enumerate(row)]
    return _section(_COLOPHON.say(language)), Table(0, len(rows), ("left", "left"), tuple(cells), widths=(0.16, 0.84), fine=True)


def _unprinted(problems: Sequence[Problem], language: Language) -> Passage:
    """Return the list that the last page carries of what is not in the report."""
    lines = [f"{place(problem.where, language)}{'：' if language == 'zh' else ': '}{problem.what.say(language)}" for problem in problems]
    items = tuple(Item((Paragraph((PlainText(plain(line)),)),)) for line in lines)
    return Passage(UNPRINTED, (_section(_UNPRINTED.say(language)), Listing(items, fine=True)))


def _parameters(options: PdfOptions) -> Blocks:
    """Return a captioned line of names above values where they fit on one, else a section with a row for each.

    A line needs little room, so that a report's last page seldom holds nothing else.
    """
    said: list[tuple[Inlines, Inlines]] = [
        ((Code(plain(name)),), (PlainText(_said(value)),)) for name, value in (options.parameters or {}).items()
    ]
    if sum(max(len(words(name)), len(words(value))) + 3 for name, value in said) <= _LINE:
        cells = [Cell(x, y, body, heads=y == 0) for x, pair in enumerate(said) for y, body in enumerate(pair)]
        cells.sort(key=lambda cell: (cell.y, cell.x))
        return (Table(1, 2, tuple("left" for _ in said), tuple(cells), _MADE_WITH.say(options.language)),)
    head: Inlines = tuple(PlainText(label.say(options.language)) for label in _PARAMETER_HEAD)
    cells = [Cell(x, 0, (label,), heads=True) for x, label in enumerate(head)]
    cells += [Cell(x, y, body) for y, row in enumerate(said, start=1) for x, body in enumerate(row)]
    table = Table(1, len(said) + 1, ("left", "left"), tuple(cells))
    return _section(_PARAMETERS.say(options.language)), table


def _section(title: str) -> Heading:
    return Heading(0, (PlainText(title),))


def _said(value: object) -> str:
    """Return a parameter's value as one would write it in a parameter file."""
    if value is None or isinstance(value, str):
        return plain(value or "") or "—"
    return plain(json.dumps(value, ensure_ascii=False, default=str))


def _levelled(passages: Sequence[Passage]) -> list[Passage]:
    """Start the headings at level 1 and close up skipped levels; a level of 0 means a main section."""
    lowest = min((heading.level for _, heading in _headings(passages) if heading.level), default=1)
    above: list[int] = []

    def level(block: Block) -> Block:
        if not isinstance(block, Heading):
            return block
        asked = max(1, block.level - lowest + 1)
        while above and above[-1] >= asked:
            above.pop()
        skipped = asked - (above[-1] if above else 0) - 1
        above.append(asked)
        return replace(block, level=len(above), skipped=skipped)

    return _mapped(passages, level)


def _numbered(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """Number the headings, unless the author did so."""
    if any(has_number(words(heading.body)) for _, heading in _headings(passages)):
        return list(passages)
    counts: list[int] = []

    def number(block: Block) -> Block:
        if not isinstance(block, Heading):
            return block
        del counts[block.level :]
        counts.extend([0] * (block.level - len(counts)))
        counts[-1] += 1
        return replace(block, number=section_number(counts, language))

    return _mapped(passages, number)


def _labelled(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """Number the captions of pictures and tables, each kind by itself."""
    counts = dict.fromkeys(_LABELS, 0)

    def label(block: Block) -> Block:
        if not isinstance(block, Picture | Table) or not block.caption:
            return block
        kind = "table" if isinstance(block, Table) else "picture"
        counts[kind] += 1
        return replace(block, label=_LABELS[kind].say(language).format(counts[kind]))

    return _mapped(passages, label)


def _mapped(passages: Sequence[Passage], change: Callable[[Block], Block]) -> list[Passage]:
    return [replace(passage, blocks=tuple(change(block) for block in passage.blocks)) for passage in passages]
