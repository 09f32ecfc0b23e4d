"""An export's folder changes all at once or not at all, and is the same bytes everywhere."""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from package_factory import write_package
from published_help import in_child

from daye_analysis.errors import DayeError, InfrastructureFailed, Refused, WrongUsage
from daye_analysis.package.check import check_raw
from daye_analysis.package.definition import EVIDENCE, TABLES
from daye_analysis.package.describe import described_metadata
from daye_analysis.package.evidence.target_evidence import evidence_table
from daye_analysis.package.export import export
from daye_analysis.package.export.extra import need_extra
from daye_analysis.package.export.folder import export_folder
from daye_analysis.package.export.parquet import write_parquet
from daye_analysis.package.export.sqlite import write_sqlite
from daye_analysis.package.export.xlsx import write_xlsx
from daye_analysis.package.read import typed
from daye_analysis.package.untrusted import open_package
from daye_analysis.site.build import build_site

ROOT = Path(__file__).resolve().parents[1]
_EXPORT = """
import resource, signal, sys
from pathlib import Path
from daye_analysis.errors import DayeError
from daye_analysis.package.check import check_raw
from daye_analysis.package.definition import EVIDENCE, TABLES
from daye_analysis.package.describe import described_metadata
from daye_analysis.package.evidence.target_evidence import evidence_table
from daye_analysis.package.export import export
if len(sys.argv) > 3:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    export(Path(sys.argv[1]), Path(sys.argv[2]))
except DayeError as error:
    print(*(problem.code for problem in error.problems))
    sys.exit(error.exit_code)
"""


def _export(destination: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _EXPORT, str(ROOT), str(destination), *more],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_case_38_the_same_bytes_in_another_time_zone_language_and_hash_order(tmp_path: Path) -> None:
    first = _export(tmp_path / "a", TZ="Asia/Shanghai", LANG="C", PYTHONHASHSEED="1")
    second = _export(tmp_path / "b", TZ="America/Chicago", LANG="C.UTF-8", PYTHONHASHSEED="2")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert _content(tmp_path / "a") == _content(tmp_path / "b")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process exist on POSIX systems")
@pytest.mark.parametrize("bytes_allowed", ["1000", "400000"])
def test_a_disk_that_fills_up_leaves_the_old_export_untouched(tmp_path: Path, bytes_allowed: str) -> None:
    old = tmp_path / "out"
    (old / "parquet").mkdir(parents=True)
    before = _old_export(old)
    run = _export(old, bytes_allowed)
    assert (run.returncode, run.stdout.split()) == (6, ["export.not-writable"]), run.stderr
    assert _content(old) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process exist on POSIX systems")
@pytest.mark.parametrize("format_", ["parquet", "sqlite", "xlsx"])
def test_each_writer_names_a_full_disk_and_leaves_no_complaint(format_: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    package = open_package(write_package(tmp_path / "package"))
    tables, metadata = typed(check_raw(package)[0]), described_metadata(package.descriptor)
    tables[EVIDENCE.name] = evidence_table(tables, metadata.compiled_on)
    writers: dict[str, Callable[[Path], None]] = {
        "parquet": lambda path: write_parquet(TABLES[0], tables[TABLES[0].name], path, metadata),
        "sqlite": lambda path: write_sqlite(tables, path, metadata),
        "xlsx": lambda path: write_xlsx(tables, metadata, path),
    }

    def fill() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with pytest.raises(InfrastructureFailed) as caught, export_folder(tmp_path / "out", lambda _: True) as folder:
            writers[format_](folder / "file")
        (problem,) = caught.value.problems
        assert problem.code == "export.not-writable" and "None" not in problem.what.en
        del caught
        gc.collect()

    assert in_child(fill) == 0
    assert capfd.readouterr().err == ""


def _old_export(folder: Path) -> dict[str, bytes]:
    """Make `folder` look like an export of one file and return its content."""
    folder.mkdir(exist_ok=True)
    (folder / "summary.json").write_text("old", encoding="utf-8")
    digest = hashlib.sha256(b"old").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  summary.json\n", encoding="utf-8")
    return _content(folder)


@pytest.mark.parametrize(
    ("name", "text"), [("thesis.docx", "mine"), ("figures.xlsx", "mine"), ("summary.json", "with my notes")]
)
def test_a_folder_with_something_else_or_something_changed_is_refused(
    tmp_path: Path, name: str, text: str
) -> None:
    _old_export(tmp_path / "out")
    (tmp_path / "out" / name).write_text(text, encoding="utf-8")
    before = _content(tmp_path / "out")
    with pytest.raises(Refused) as caught:
        export(ROOT, tmp_path / "out")
    assert [(each.code, name in each.what.en) for each in caught.value.problems] == [
        ("export.folder-not-ours", True)
    ]
    assert _content(tmp_path / "out") == before


def test_an_export_does_not_replace_a_site_nor_a_site_an_export(tmp_path: Path) -> None:
    """Both are published with checksums; each command replaces what it wrote itself."""
    _old_export(tmp_path / "export")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", encoding="utf-8")
    digest = hashlib.sha256(b"old").hexdigest()
    (site / "SHA256SUMS").write_text(f"{digest}  index.html\n", encoding="utf-8")
    with pytest.raises(Refused, match="folder-not-ours"):
        export(ROOT, site)
    with pytest.raises(Refused, match="folder-not-ours"):
        build_site(tmp_path / "export", ROOT)
    assert "index.html" in _content(site) and "summary.json" in _content(tmp_path / "export")


def test_an_export_replaces_an_earlier_one(tmp_path: Path) -> None:
    _old_export(tmp_path / "out")
    export(ROOT, tmp_path / "out")
    assert "summary.json" in _content(tmp_path / "out")
    assert _content(tmp_path / "out")["summary.json"] != b"old"


def _ours(path: Path) -> bool:
    return path.suffix == ".txt"


def _fill(destination: Path, text: str) -> None:
    with export_folder(destination, _ours) as staging:
        (staging / "a.txt").write_text(text, encoding="utf-8")


def test_a_folder_is_made_replaced_and_left_alone_on_failure(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    _fill(out, "first")
    _fill(out, "second")
    with pytest.raises(ZeroDivisionError), export_folder(out, _ours) as staging:
        (staging / "a.txt").write_text("third", encoding="utf-8")
        1 / 0  # noqa: B018
    assert _content(out) == {"a.txt": b"second"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("kind", "error", "code"),
    [
        ("file", WrongUsage, "export.not-a-folder"),
        ("foreign", Refused, "export.folder-not-ours"),
        ("link", Refused, "export.folder-not-ours"),
    ],
)
def test_what_may_not_be_replaced(tmp_path: Path, kind: str, error: type[DayeError], code: str) -> None:
    out = tmp_path / "out"
    if kind == "file":
        out.write_text("x", encoding="utf-8")
    else:
        (out / "sub").mkdir(parents=True)
        if kind == "link":
            (out / "sub" / "link").symlink_to(tmp_path)
        else:
            (out / "sub" / "photo.png").write_text("x", encoding="utf-8")
    with pytest.raises(error) as caught:
        _fill(out, "new")
    assert caught.value.problems[0].code == code


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="permissions bind neither Windows nor root"
)
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(InfrastructureFailed) as caught:
        _fill(tmp_path / "closed" / "out", "x")
    assert caught.value.problems[0].code == "export.not-writable"


def test_a_missing_library_is_named_with_the_way_to_get_it() -> None:
    need_extra("csv", "zipfile")
    with pytest.raises(WrongUsage) as caught:
        need_extra("csv", "no_such_library")
    (problem,) = caught.value.problems
    assert problem.code == "export.extra-missing"
    assert "no_such_library" in problem.what.zh
    assert "daye-analysis[export]" in problem.remedy.en
