"""`reports/index.html` and `index.en.html`: the list of all reports, complete without scripts or network."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from daye_analysis.bilingual import Language, Text
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.identity import PREVIOUS, RESERVED
from daye_analysis.reporting.publishing.publish import FAILED, INDEX, INDEX_EN, SWEEPS
from daye_analysis.reporting.publishing.published_runs import PublishedRun, by_series
from daye_analysis.reporting.publishing.shared_files import replace_if_other, shared_files

STYLE = """\
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 16px/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
article { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem 1rem; margin: .8rem 0; }
h3 { font-size: 1.05rem; margin: .2rem 0; } p { margin: .3rem 0; } ul { margin: .3rem 0; padding-left: 1.4rem; }
a { display: inline-block; padding: .15rem .2rem; } small { opacity: .8; } summary { cursor: pointer; padding: .2rem 0; }
code { background: var(--soft); padding: 0 .3em; border-radius: .2em; overflow-wrap: break-word; }
"""
LANGUAGES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}
FILES = ("pdf", "html", "ipynb")


def write_index(reports: Path, runs: Sequence[PublishedRun]) -> None:
    """Write both pages, each in one step, where they differ from what is there."""
    languages: tuple[tuple[str, Language], ...] = ((INDEX, "zh"), (INDEX_EN, "en"))
    pages = {
        reports / name: index_page(reports, runs, language).encode("utf-8", "replace")
        for name, language in languages
    }
    if any(not path.is_file() or path.read_bytes() != page for path, page in pages.items()):
        with shared_files(reports):
            for path, page in pages.items():
                replace_if_other(path, page)


def index_page(reports: Path, runs: Sequence[PublishedRun], language: Language) -> str:
    """Return the page in one language; the runs of sweeps are on the pages of their sweeps."""
    official = [run for run in runs if not run.is_of_a_sweep]
    series: dict[str, dict[str, list[PublishedRun]]] = {}
    for (name, of_language), group in by_series(official).items():
        series.setdefault(name, {})[of_language] = group

    def say(text: Text) -> str:
        return text.say(language)

    title = say(Text("报告目录", "Reports"))
    other = (
        f'<a href="{INDEX_EN}" lang="en" hreflang="en">English</a>'
        if language == "zh"
        else f'<a href="{INDEX}" lang="zh" hreflang="zh">中文</a>'
    )
    parts = [
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{other}</p>",
    ]
    if not series:
        parts.append(f"<p>{say(Text('尚无报告。', 'There are no reports yet.'))}</p>")
    parts += [_series(name, groups, language) for name, groups in series.items()]
    if failures := list(_failures(reports, language)):
        parts += [f"<h2>{say(Text('未能生成', 'Failed'))}</h2>\n<ul>", *failures, "</ul>"]
    sweeps = sorted(path.parent.name for path in (reports / SWEEPS).glob(f"*/{INDEX}"))
    if sweeps:
        links = (
            f'<li><a href="{SWEEPS}/{quote(name)}/{INDEX}">{html.escape(name)}</a></li>' for name in sweeps
        )
        parts += [f"<h2>{say(Text('成批运行', 'Sweeps'))}</h2>\n<ul>", *links, "</ul>"]
    return "\n".join([*parts, "</main>\n</body>\n</html>\n"])


def _series(name: str, groups: dict[str, list[PublishedRun]], language: Language) -> str:
    """Return one series: its title, package and parameters, the newest report of each language, the earlier ones."""
    newest = max((group[-1] for group in groups.values()), key=lambda run: run.age)
    identity = newest.manifest.identity
    title = newest.manifest.title.get(language) or str(identity["notebook"])
    package = f"{identity['package'].get('name', '')} {identity['package'].get('version', '')}".strip()
    own = {
        key: value
        for key, value in identity["parameters"].items()
        if key not in (*RESERVED, PREVIOUS) and value not in (None, "", [])
    }
    about = [Text("数据包", "Package").say(language), f"<code>{html.escape(package)}</code>"]
    if own:
        given = ", ".join(f"{key} = {_short(value)}" for key, value in own.items())
        about += [Text("参数", "Parameters").say(language), f"<code>{html.escape(given)}</code>"]
    own_first = sorted(groups, key=lambda each: (each != language, each))
    current = "\n".join(f"<p>{_links(groups[each][-1], language)}</p>" for each in own_first)
    earlier = sorted(
        (run for group in groups.values() for run in group[:-1]), key=lambda run: run.age, reverse=True
    )
    more = ""
    if earlier:
        label = Text(f"往期（{len(earlier)} 份）", f"Earlier ({len(earlier)})").say(language)
        items = "\n".join(f"<li>{_links(run, language)}</li>" for run in earlier)
        more = f"<details><summary>{label}</summary>\n<ul>\n{items}\n</ul></details>\n"
    head = f"<h3>{html.escape(title)}</h3>\n<p><small>{' '.join(about)} · <code>{html.escape(name)}</code></small></p>"
    return f"<article>\n{head}\n{current}\n{more}</article>"


def _links(run: PublishedRun, language: Language) -> str:
    """Return a run's day, language and files."""
    there = [ending for ending in FILES if f"report.{ending}" in run.manifest.outputs]
    links = (f'<a href="{quote(run.name)}/report.{ending}">{ending.upper()}</a>' for ending in there)
    of_language = (
        LANGUAGES[run.language].say(language) if run.language in LANGUAGES else html.escape(run.language)
    )
    return f"<time>{html.escape(run.as_of)}</time> {of_language} {' '.join(links)}"


def _failures(reports: Path, language: Language) -> Iterator[str]:
    for folder in sorted((reports / FAILED).glob("*/*"), key=lambda each: (each.parent.name, each.name)):
        failure = read_failure(folder)
        if failure is None or folder.name.startswith("."):
            continue
        name = f"{folder.parent.name}/{folder.name}"
        notebook = folder / "report.ipynb"
        link = f' <a href="{quote(f"{FAILED}/{name}/report.ipynb")}">IPYNB</a>' if notebook.is_file() else ""
        said = "; ".join(f"{problem.code}: {problem.what.say(language)}" for problem in failure.problems)
        yield f"<li><code>{html.escape(name)}</code> {html.escape(said)}{link}</li>"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
