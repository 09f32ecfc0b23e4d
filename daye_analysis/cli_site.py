"""The command `daye site`: the public pages of one package or of many."""

from __future__ import annotations

from pathlib import Path

import click

from daye_analysis.bilingual import Text
from daye_analysis.cli_output import print_text


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--as-of", default="", metavar="DATE", help="As-of date: use only figures known by then; default: the day on which the package was compiled.")
@click.option("--base-url", default="", metavar="URL", help="Public address of the site; default: the package's homepage.")
@click.option("--reports", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="Include the newest reports from this reports folder.")  # fmt: skip
@click.option("--since", "since", type=click.Path(path_type=Path), multiple=True, metavar="RELEASE",
              help="Earlier release to keep as a frozen copy, so that its addresses remain valid; may be repeated.")  # fmt: skip
@click.option("--lab", is_flag=True, help="Add the notebooks to run in the browser; needs --pyodide.")
@click.option("--pyodide", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None, metavar="FOLDER",
              help="Folder with Pyodide: its core, pyodide-lock.json and wheels.")  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DIRECTORY differs from what the package generates.")
@click.option("--index", "packages", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None, metavar="PACKAGES",
              help="Instead, write a site for each package in this folder, and a page that lists them.")  # fmt: skip
@click.option("--workers", type=click.IntRange(min=1), default=1, help="With --index: number of processes.")
@click.option("--address", default="", metavar="SCHEDULER", help="With --index: address of a Dask scheduler whose workers see the same folders.")
def site(
    directory: Path,
    package: Path | None,
    as_of: str,
    base_url: str,
    reports: Path | None,
    since: tuple[Path, ...],
    lab: bool,
    pyodide: Path | None,
    check: bool,
    packages: Path | None,
    workers: int,
    address: str,
) -> None:
    """Write the public site of a package.

    DIRECTORY gets static pages in Chinese and English; an existing site is replaced all at once.
    """
    if packages is not None:
        if package or as_of or reports or since or lab or check:
            raise click.UsageError("--index can be combined only with --base-url, --workers and --address.")
        _index(directory, packages, base_url, workers, address)
        return
    from daye_analysis.package.places import project_root
    from daye_analysis.package.view import day_of
    from daye_analysis.site.build import build_site

    built = build_site(
        directory,
        package or project_root(),
        as_of=day_of(as_of) if as_of else None,
        base_url=base_url,
        reports=reports,
        since=since,
        check=check,
        pyodide=pyodide if lab else None,
    )
    if lab and pyodide is None:
        print_text(Text("没有给出 --pyodide：站点不含在线笔记本。", "No --pyodide was given: the site has no notebooks to run."))
    megabytes = f"{built.size / 1e6:.1f}"
    counts = Text(f"{built.pages} 个页面，{built.files} 个文件，{megabytes} MB",
                  f"{built.pages} pages, {built.files} files, {megabytes} MB")  # fmt: skip
    if check:
        print_text(Text(f"站点与数据包一致：{counts.zh}。", f"The site is up to date: {counts.en}."))
        return
    changed = Text("", "") if built.changed else Text("，内容无变化", ", unchanged")
    print_text(Text(f"站点已生成：{counts.zh}{changed.zh}。", f"Site written: {counts.en}{changed.en}."))
    if not (directory / "sitemap.xml").is_file():
        print_text(Text("未设公开地址（--base-url，或 package.yaml 的 homepage），因此不生成 sitemap.xml，引用格式中不含网址。",
                  "No public address is set (--base-url, or homepage in package.yaml), so sitemap.xml is not written and citations contain no address."))  # fmt: skip
    click.echo(directory)


def _index(directory: Path, packages: Path, base_url: str, workers: int, address: str) -> None:
    from daye_analysis.site.index import build_index, failed

    entries = build_index(directory, packages, base_url=base_url, workers=workers, address=address)
    made = sum(not entry.problems for entry in entries)
    print_text(Text(f"共 {len(entries)} 个数据包，已生成 {made} 个站点。", f"Sites written for {made} of {len(entries)} packages."))
    click.echo(directory)
    failed(entries)
