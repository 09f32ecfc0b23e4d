"""Fill a folder with the files that requirements/pyodide.lock names, from folders, archives and wheels that are at hand.

    python scripts/fill_pyodide.py FOLDER SOURCE...          takes each file whose hash is the locked one, names those that lack
    python scripts/fill_pyodide.py --write-lock SOURCE...    writes the lock anew from sources of another release

A source is a file, a folder, or an archive (.tar.*, .tgz, .zip, .whl); where in it a file lies does not matter, only its bytes do.
"""

from __future__ import annotations

import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from daye_analysis.package.places import project_root
from daye_analysis.site.pyodide import CORE, LOCK, OFFICIAL, WANTED, locked_files, project_name, sha256

# Of the package index, since the release has none as new as this library needs.
_OF_THE_INDEX = "pandas"
_HEAD = """\
# The files that the lab of the site loads, all of Pyodide {release} but pandas, which is the package index's. scripts/fill_pyodide.py
# fills a folder with them (docs/site.md); `sha256sum --check` reads this file too.
"""


def main(arguments: list[str]) -> int:
    """Fill a folder, or write the lock; say what lacks."""
    if len(arguments) < 2:
        print(__doc__)
        return 2
    if arguments[0] == "--write-lock":
        (project_root() / LOCK).write_text(written_lock(arguments[1:]), encoding="utf-8")
        return 0
    folder, locked = Path(arguments[0]), locked_files()
    folder.mkdir(parents=True, exist_ok=True)
    for source in [str(folder), *arguments[1:]]:
        for name, content in members(Path(source)):
            if locked.get(name) == sha256(content):
                (folder / name).write_bytes(content)
    lacking = [name for name, digest in locked.items() if not (folder / name).is_file() or sha256((folder / name).read_bytes()) != digest]
    for name in lacking:
        print(f"没有与锁定哈希一致的 {name}。 / No {name} with the locked hash.", file=sys.stderr)
    print(f"{len(locked) - len(lacking)} / {len(locked)}")
    return 1 if lacking else 0


def members(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a source by their bare names; the source itself too."""
    if source.is_dir():
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            yield path.name, path.read_bytes()
        return
    yield source.name, source.read_bytes()
    if tarfile.is_tarfile(source):
        with tarfile.open(source) as archive:
            for member in archive:
                if member.isfile() and (opened := archive.extractfile(member)):
                    yield PurePosixPath(member.name).name, opened.read()
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as wheel:
            for path in wheel.namelist():
                yield PurePosixPath(path).name, wheel.read(path)


def written_lock(sources: list[str]) -> str:
    """Return the lock: the core by its bytes, what is wanted of the release by its own lock file, pandas by its wheel's bytes."""
    found = {name: content for source in sources for name, content in members(Path(source)) if name in CORE or name.startswith(f"{_OF_THE_INDEX}-")}
    official = json.loads(found[OFFICIAL])
    known = {project_name(name): entry for name, entry in official["packages"].items()}
    newest = max((name for name in found if name.startswith(_OF_THE_INDEX)), key=lambda name: [int(each) for each in name.split("-")[1].split(".")])
    known[_OF_THE_INDEX] |= {"file_name": newest, "sha256": sha256(found[newest])}
    names, todo = set(), [*WANTED]
    while todo:
        if (name := project_name(todo.pop())) not in names:
            names.add(name)
            todo += known[name]["depends"]
    lines = {name: sha256(found[name]) for name in CORE} | {known[name]["file_name"]: known[name]["sha256"] for name in sorted(names)}
    return _HEAD.format(release=official["info"]["version"]) + "".join(f"{digest}  {name}\n" for name, digest in lines.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
