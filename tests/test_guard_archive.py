"""Hostile archives: cases 8 and 9 of the hazards."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from package_factory import write_package
from peak_memory import peak_mib

from daye_analysis.errors import DayeError, NotReadable, Refused
from daye_analysis.package.untrusted import ReadLimits, open_package
from daye_analysis.package.validate import validate

Change = Callable[[zipfile.ZipFile], None]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def pack(package: Path, change: Change | None = None, comment: bytes = b"") -> Path:
    archive = package.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(package.rglob("*")):
            file.write(path, path.relative_to(package).as_posix())
        if change:
            change(file)
        file.comment = comment
    return archive


def refusal(archive: Path, limits: ReadLimits | None = None) -> list[str]:
    with pytest.raises(Refused) as caught:
        open_package(archive, limits)
    return [each.code for each in caught.value.problems]


def add(name: str, content: bytes = b"x") -> Change:
    def change(file: zipfile.ZipFile) -> None:
        file.writestr(zipfile.ZipInfo(name), content)

    return change


def add_link(file: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("data/link.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    file.writestr(entry, "/etc/passwd")


def add_nul_name(file: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("x")
    entry.filename = entry.orig_filename = "x\0../y"
    file.writestr(entry, "x")


def add_rare_compression(file: zipfile.ZipFile) -> None:
    file.writestr("x.txt", "x", zipfile.ZIP_LZMA)


@pytest.mark.parametrize("comment", [b"", b"made by hand"])
def test_a_zip_is_read_like_its_folder(package: Path, comment: bytes) -> None:
    folder, archive = validate(package), validate(pack(package, comment=comment))
    assert archive.problems == ()
    assert archive == folder


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (add("../x"), "guard.zip-entry"),
        (add("/etc/x"), "guard.zip-entry"),
        (add("..\\x"), "guard.zip-entry"),
        (add("C:\\x"), "guard.zip-entry"),
        (add("data/..%2fx"), "guard.zip-entry"),
        (add_nul_name, "guard.zip-entry"),
        (add_link, "guard.zip-entry"),
        (add("datapackage.json", b"{}"), "guard.zip-twice"),
        (add_rare_compression, "guard.zip-kind"),
        (add("nested.zip"), "guard.archive-nested"),
        (add("data/More.TAR.GZ"), "guard.archive-nested"),
    ],
)
def test_case_8_a_hostile_entry_is_refused_and_nothing_is_written(package: Path, change: Change, code: str) -> None:
    archive = pack(package, change)
    before = sorted(package.parent.rglob("*"))
    assert refusal(archive) == [code]
    assert sorted(package.parent.rglob("*")) == before


def test_entries_that_are_ours_by_no_name_are_not_read(package: Path) -> None:
    archive = pack(package, add("nested/datapackage.json", b"{"))
    assert validate(archive).problems == ()


def test_case_9_a_bomb_is_refused_in_bounded_memory(package: Path) -> None:
    (package / "data/observations.csv").write_bytes(b"0" * (60 * 1024**2))
    archive = pack(package)
    assert archive.stat().st_size < 100_000
    assert refusal(archive) == ["guard.zip-ratio"]
    assert "more than 100 times" in _message(archive)
    assert refusal(archive, ReadLimits(zip_ratio=2000, total_bytes=10**7)) == ["guard.too-big"]
    assert _peak(archive) < 200


def test_case_9_an_archive_that_lies_about_its_sizes_is_not_believed(package: Path) -> None:
    """The directory says that the table is small; what comes out is cut off there and fails its checksum."""
    (package / "data/observations.csv").write_bytes(b"0" * (8 * 1024**2))
    archive = pack(package)
    content = archive.read_bytes()
    true_size, small = struct.pack("<L", 8 * 1024**2), struct.pack("<L", 1000)
    assert content.count(true_size) >= 1
    archive.write_bytes(content.replace(true_size, small))
    with pytest.raises(DayeError) as caught:
        open_package(archive)
    assert caught.value.exit_code == 3
    assert _peak(archive) < 200


def test_case_9_a_million_entries_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    # A central directory of a million records, as APPNOTE 4.3.12 lays them out, made without a million files.
    record = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    directory = (record + b"x") * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 10, 10, len(directory), 0, 0)
    archive = tmp_path / "many.zip"
    archive.write_bytes(directory + end)
    assert refusal(archive) == ["guard.zip-entries"]
    assert _peak(archive) < 200
    archive.write_bytes(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 0, 0, 0))
    assert refusal(archive) == ["guard.zip-entries"]


def test_zip64_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "big.zip"
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    archive.write_bytes(locator + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 46, 0, 0))
    assert refusal(archive) == ["guard.zip-kind"]


@pytest.mark.parametrize("content", [b"", b"PK\5\6", b"not a zip at all", b"PK\3\4" + b"\0" * 100])
def test_what_is_no_zip_is_not_readable(tmp_path: Path, content: bytes) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(content)
    with pytest.raises(NotReadable) as caught:
        open_package(archive)
    assert caught.value.problems[0].code == "guard.zip-damaged"


def test_a_damaged_table_is_not_readable(package: Path) -> None:
    archive = pack(package)
    content = bytearray(archive.read_bytes())
    at = content.index(b"data/targets.csv") + 60
    content[at : at + 8] = b"\xff" * 8
    archive.write_bytes(content)
    with pytest.raises(NotReadable):
        open_package(archive)


def test_a_zip_without_a_descriptor_at_its_top_is_no_package(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("folder/inner/datapackage.json", "{}")
    with pytest.raises(NotReadable) as caught:
        open_package(archive)
    assert caught.value.problems[0].code == "guard.not-found"


def _message(archive: Path) -> str:
    with pytest.raises(Refused) as caught:
        open_package(archive)
    return caught.value.problems[0].what.en


def _peak(archive: Path) -> float:
    """Return the peak memory in MiB of a process that tries to open `archive` and is stopped."""
    return peak_mib(
        "import sys; from pathlib import Path\n"
        "from daye_analysis.errors import DayeError; from daye_analysis.package.untrusted import open_package\n"
        "try: open_package(Path(sys.argv[1]))\n"
        "except DayeError: pass\n",
        archive,
    )[0]
