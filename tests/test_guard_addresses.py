"""What a descriptor may point at: cases 1, 2, 3, 6, 7 and 11 of the hazards, with a server that must not be asked."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from package_factory import write_package

from daye_analysis.errors import Refused
from daye_analysis.package.untrusted import open_package
from daye_analysis.package.untrusted.addresses import link_fault, path_fault
from daye_analysis.package.validate import validate

OUTSIDE, REMOTE, DISGUISED = "guard.path-outside", "guard.path-remote", "guard.path-disguised"
PATHS = {
    "../../etc/passwd": OUTSIDE,
    "data/../../x.csv": OUTSIDE,
    "./data/x.csv": OUTSIDE,
    "data//x.csv": OUTSIDE,
    "": OUTSIDE,
    "/etc/passwd": OUTSIDE,
    "C:/x.csv": OUTSIDE,
    "c:x.csv": OUTSIDE,
    "~/x.csv": OUTSIDE,
    "~root/x.csv": OUTSIDE,
    "C:\\x.csv": DISGUISED,
    "\\\\host\\share\\x.csv": DISGUISED,
    "..\\..\\x.csv": DISGUISED,
    "$HOME/x.csv": DISGUISED,
    "%APPDATA%/x.csv": DISGUISED,
    "%2e%2e/x.csv": DISGUISED,
    "..／x.csv": DISGUISED,
    "．．/x.csv": DISGUISED,
    "data/x\0.csv": DISGUISED,
    "data/x\u202evsc.csv": DISGUISED,
    "data/x\n.csv": DISGUISED,
    "//host/share/x.csv": REMOTE,
    "http://127.0.0.1/x.csv": REMOTE,
    "https://example.org/x.csv": REMOTE,
    "s3://bucket/x.csv": REMOTE,
    "gs://bucket/x.csv": REMOTE,
    "ftp://host/x.csv": REMOTE,
    "file:///etc/passwd": REMOTE,
    "FILE:/etc/passwd": REMOTE,
    "data:text/csv,a": REMOTE,
    "jar:file:x!y": REMOTE,
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def edit(package: Path, change: Callable[[dict[str, Any]], None]) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    change(descriptor)
    (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def set_entry(name: str, key: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(descriptor: dict[str, Any]) -> None:
        holder = descriptor if not name else next(r for r in descriptor["resources"] if r["name"] == name)
        *outer, last = key.split(".")
        for step in outer:
            holder = holder[step][0] if isinstance(holder[step], list) else holder[step]
        holder[last] = value

    return change


@pytest.mark.parametrize(("path", "code"), PATHS.items(), ids=lambda each: ascii(each)[:30])
def test_cases_2_3_and_7_a_dangerous_path_is_known_by_its_letters(path: str, code: str) -> None:
    assert path_fault(path) == code


@pytest.mark.parametrize(
    "path", ["data/targets.csv", "data/source/task_list.zh.txt", "x", "数据/表.csv", "a.b-c_d/½.csv"]
)
def test_a_plain_relative_path_is_fine(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "../x", "https://", "http:///x"]
)
def test_a_link_for_people_is_a_web_address_or_a_plain_path(link: str) -> None:
    assert link_fault(link)
    assert link_fault("https://example.org/licence") is None


@pytest.mark.parametrize(
    ("name", "key", "value", "code"),
    [
        ("targets", "path", "../../etc/passwd", OUTSIDE),
        ("targets", "path", ["data/targets.csv", "../../etc/passwd"], OUTSIDE),
        ("targets", "path", "s3://bucket/targets.csv", REMOTE),
        ("targets", "schema", "../../etc/passwd", "guard.reference"),
        ("targets", "schema", "schema.json", "guard.reference"),
        ("targets", "dialect", "/etc/passwd", "guard.reference"),
        ("targets", "profile", "../../etc/passwd", "guard.reference"),
        ("targets", "schema.$schema", "https://example.org/schema.json", "guard.reference"),
        ("targets", "licenses.path", "../../etc/passwd", OUTSIDE),
        ("targets", "sources", [{"title": "x", "path": "/etc/passwd"}], OUTSIDE),
        ("", "$schema", "../../etc/passwd", "guard.reference"),
        ("", "profile", "http://127.0.0.1/profile.json", "guard.reference"),
        ("", "licenses.path", "file:///etc/passwd", REMOTE),
        ("", "image", "../../etc/passwd", OUTSIDE),
        ("", "contributors", [{"title": "x", "path": "~/x"}], OUTSIDE),
    ],
)
def test_case_1_every_key_that_may_point_is_judged_and_named(
    package: Path, name: str, key: str, value: object, code: str
) -> None:
    edit(package, set_entry(name, key, value))
    # Nothing is opened before the descriptor is judged: not even a missing table is noticed.
    (package / "data/areas.csv").unlink()
    with pytest.raises(Refused) as caught:
        open_package(package)
    where = ":".join(part for part in ("datapackage.json", name, key) if part)
    assert [(each.code, each.where.removesuffix(".path")) for each in caught.value.problems] == [
        (code, where.removesuffix(".path"))
    ]
    assert caught.value.exit_code == 4


def test_all_dangers_are_told_at_once(package: Path) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        descriptor["image"] = "/etc/passwd"
        descriptor["resources"][0]["path"] = "../x"
        descriptor["resources"].append("other/datapackage.json")

    edit(package, change)
    with pytest.raises(Refused) as caught:
        open_package(package)
    assert [each.code for each in caught.value.problems] == [OUTSIDE, "guard.reference", OUTSIDE]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on the loopback that notes who asks."""
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                hits.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], hits
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize(
    ("name", "key"),
    [("targets", "path"), ("targets", "schema"), ("targets", "dialect"), ("targets", "$schema"), ("", "$schema"),
     ("", "profile"), ("targets", "schema.$schema")],
)  # fmt: skip
def test_case_6_no_server_is_ever_asked(
    package: Path, listener: tuple[int, list[object]], name: str, key: str
) -> None:
    port, hits = listener
    edit(package, set_entry(name, key, f"http://127.0.0.1:{port}/x.json"))
    with pytest.raises(Refused):
        validate(package)
    assert hits == []


def test_case_6_nothing_dials_out_even_for_links_that_are_fine(
    package: Path, listener: tuple[int, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, hits = listener

    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    edit(package, set_entry("", "homepage", f"http://127.0.0.1:{port}/"))
    monkeypatch.setattr(socket.socket, "connect", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    assert validate(package).problems == ()
    assert hits == []


@pytest.mark.parametrize(
    "address", ["http://example.org/p.zip", "https://example.org/datapackage.json", "s3://b/p"]
)
def test_case_7_an_address_is_no_package(address: str) -> None:
    with pytest.raises(Refused) as caught:
        open_package(Path(address))
    assert caught.value.problems[0].code == "guard.address"


def test_case_11_a_regular_expression_of_their_own_is_named_and_never_run(package: Path) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        sources = next(r for r in descriptor["resources"] if r["name"] == "sources")
        next(f for f in sources["schema"]["fields"] if f["name"] == "title")["constraints"] = {
            "pattern": "(a+)+$"
        }
        del sources["hash"], sources["bytes"]

    edit(package, change)
    sources = package / "data/sources.csv"
    sources.write_bytes(sources.read_bytes().replace("样例市统计局".encode(), b"a" * 40 + b"!"))
    start = time.monotonic()
    problems = validate(package).problems
    assert time.monotonic() - start < 2
    assert [(each.code, each.where) for each in problems] == [
        ("package.schema-not-ours", "datapackage.json:sources:schema")
    ]
    assert "fields.title.constraints" in problems[0].what.en
