"""Links, special files and gigabyte lines in a folder: cases 4, 5 and 10 of the hazards."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from package_factory import describe_again, write_package
from peak_memory import peak_mib

from daye_analysis.errors import NotReadable, Refused
from daye_analysis.package.untrusted import ReadLimits, open_package
from daye_analysis.package.untrusted.folder import open_by_descriptor, open_by_name
from daye_analysis.package.validate import validate

SECRET = b"secret,secret\n"
TABLE = "data/targets.csv"
Opener = Callable[[Path, str], BinaryIO]
OPENERS = [open_by_descriptor, open_by_name]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "secret.csv").write_bytes(SECRET)
    return write_package(tmp_path / "package")


def link_file(package: Path) -> None:
    (package / TABLE).unlink()
    (package / TABLE).symlink_to(package.parent / "secret.csv")


def link_folder(package: Path) -> None:
    (package / "data").rename(package / "elsewhere")
    (package / "data").symlink_to("elsewhere", target_is_directory=True)


def link_nowhere(package: Path) -> None:
    (package / TABLE).unlink()
    (package / TABLE).symlink_to("nowhere")


def fifo(package: Path) -> None:
    (package / TABLE).unlink()
    os.mkfifo(package / TABLE)


def folder_in_place(package: Path) -> None:
    (package / TABLE).unlink()
    (package / TABLE).mkdir()


def local_socket(package: Path) -> None:
    (package / TABLE).unlink()
    # The path of a socket must be short, so it is bound from within its folder.
    here = Path.cwd()
    os.chdir(package / "data")
    try:
        socket.socket(socket.AF_UNIX).bind("targets.csv")
    finally:
        os.chdir(here)


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (link_file, "guard.link"),
        (link_folder, "guard.link"),
        (link_nowhere, "guard.link"),
        (fifo, "guard.special-file"),
        (local_socket, "guard.special-file"),
        (folder_in_place, "guard.special-file"),
    ],
)
def test_cases_4_and_5_only_regular_files_are_opened(
    package: Path, spoil: Callable[[Path], None], code: str, opener: Opener
) -> None:
    spoil(package)
    start = time.monotonic()
    with pytest.raises(Refused) as caught:
        opener(package, TABLE)
    assert time.monotonic() - start < 1
    assert caught.value.problems[0].code == code
    with pytest.raises(Refused):
        open_package(package)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs device files")
@pytest.mark.parametrize("opener", OPENERS)
def test_case_5_a_device_is_refused_at_once(opener: Opener) -> None:
    with pytest.raises(Refused) as caught:
        opener(Path("/dev"), "zero")
    assert caught.value.problems[0].code == "guard.special-file"


@pytest.mark.parametrize("opener", OPENERS)
def test_case_4_a_link_that_is_swapped_in_meanwhile_is_never_followed(package: Path, opener: Opener) -> None:
    """One thread swaps the table and a link to a secret as fast as it can; the other reads."""
    good = (package / TABLE).read_bytes()
    stop = threading.Event()

    def swap() -> None:
        spare, link = package / "spare.csv", package / "link.csv"
        while not stop.is_set():
            with suppress(OSError):
                link.symlink_to(package.parent / "secret.csv")
                link.replace(package / TABLE)
                spare.write_bytes(good)
                spare.replace(package / TABLE)

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    refused = 0
    until = time.monotonic() + 1
    try:
        while time.monotonic() < until:
            try:
                with opener(package, TABLE) as file:
                    seen.add(file.read())
            except Refused:
                refused += 1
    finally:
        stop.set()
        thread.join()
    assert seen <= {good}
    assert refused > 0


def test_the_folder_itself_may_be_reached_by_a_link(package: Path) -> None:
    link = package.parent / "link"
    link.symlink_to(package, target_is_directory=True)
    assert validate(link).problems == ()
    assert validate(link / "datapackage.json").problems == ()


def test_a_descriptor_that_is_a_link_is_refused(package: Path) -> None:
    (package / "datapackage.json").rename(package / "real.json")
    (package / "datapackage.json").symlink_to("real.json")
    with pytest.raises(Refused) as caught:
        open_package(package)
    assert caught.value.problems[0].code == "guard.link"


@pytest.mark.parametrize(
    "name", ["nowhere", "nowhere.zip", "nowhere/datapackage.json", "data/targets.csv", "data"]
)
def test_what_is_no_package_is_not_found(package: Path, name: str) -> None:
    with pytest.raises(NotReadable) as caught:
        open_package(package / name)
    assert caught.value.problems[0].code == "guard.not-found"
    assert caught.value.exit_code == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_not_readable(package: Path) -> None:
    (package / TABLE).chmod(0)
    with pytest.raises(NotReadable):
        open_package(package)


def test_a_missing_table_is_a_problem_among_others(package: Path) -> None:
    (package / TABLE).unlink()
    (package / "data/areas.csv").unlink()
    assert {(each.code, each.where) for each in validate(package).problems} == {
        ("package.file-missing", "data/targets.csv"),
        ("package.file-missing", "data/areas.csv"),
    }


def test_the_sum_of_all_files_is_limited(package: Path) -> None:
    with pytest.raises(Refused) as caught:
        open_package(package, ReadLimits(total_bytes=1000))
    assert caught.value.problems[0].code == "guard.too-big"
    assert "1000" in caught.value.problems[0].what.en


def test_case_10_a_gigabyte_without_a_line_end_is_named_in_bounded_memory(package: Path) -> None:
    with (package / TABLE).open("wb") as file:
        file.truncate(1024**3)
    peak, lines = peak_mib(
        "import sys; from pathlib import Path\n"
        "from daye_analysis.package.untrusted import open_package\n"
        "print(*(p.code for p in open_package(Path(sys.argv[1])).problems))",
        package,
    )
    assert lines == ["package.line-too-long"]
    assert peak < 200


def test_a_long_line_is_named_by_its_number(package: Path) -> None:
    table = package / TABLE
    table.write_bytes(table.read_bytes() + b"x" * 3000 + b"\n")
    describe_again(package)
    problems = open_package(package, ReadLimits(line_bytes=2000)).problems
    assert [(each.code, each.where) for each in problems] == [("package.line-too-long", TABLE)]
    assert "Line 5 " in problems[0].what.en
    assert "2000" in problems[0].what.en


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda content: content[:-30], "package.bytes-differ"),
        (lambda content: content.replace(b"120", b"121", 1), "package.hash-differs"),
    ],
)
def test_case_31_a_file_that_is_not_the_one_described_is_named(
    package: Path, change: Callable[[bytes], bytes], code: str
) -> None:
    table = package / TABLE
    table.write_bytes(change(table.read_bytes()))
    problems = validate(package).problems
    assert (problems[0].code, problems[0].where) == (code, TABLE)
