"""The files that accompany a notebook into its run: found by a stated rule, hashed, copied.

They are those in the notebook's own folder or below it that its metadata `daye.files` lists (patterns such as
`data/*.csv`), that a code cell names in a string or imports as a module (in another language than Python: has as a word),
that a Markdown cell shows as a picture, or that a parameter names. Modules that are copied bring what they import along.
"""

from __future__ import annotations

import ast
import base64
import functools
import hashlib
import mimetypes
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from daye_analysis.errors import NotReadable, Problem, WrongUsage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.environment import FONTS
from daye_analysis.reporting.notebooks.languages import PYTHON, program_language
from daye_analysis.reporting.notebooks.parameters import Value, cell_source
from daye_analysis.reporting.publishing.problems import PUBLISHING_PROBLEMS

MOST_BYTES = 500_000_000
_PICTURE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)|<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)", re.IGNORECASE)

# What may name a file in any other language than Python: `read.csv("data/a.csv")`, `cat data/a.csv`.
_WORD = re.compile(r"[^\s\"'`()\[\]{}<>|;,=]+")


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that goes along: its name below the notebook's folder, where it is, and the hash of its bytes."""

    name: str
    path: Path
    sha256: str


def own_files(path: Path, notebook: Mapping[str, Any], values: Iterable[Value]) -> tuple[OwnFile, ...]:
    """Return the files that go with the notebook in the file `path`, whose parameters have `values`, by name.

    Raises WrongUsage (notebook.file-missing) where the metadata list a file that is not there or not below the
    notebook's folder, NotReadable (notebook.files-too-large) beyond 500 MB.
    """
    folder = path.resolve().parent
    found: dict[str, Path] = {}
    waiting = [*_listed(folder, notebook), *_named(folder, notebook, values)]
    while waiting:
        file = waiting.pop()
        name = file.relative_to(folder).as_posix()
        if name not in found and file != path.resolve():
            found[name] = file
            if file.suffix == ".py":
                waiting += _modules(folder, file.read_text(encoding="utf-8", errors="replace"))
    if sum(file.stat().st_size for file in found.values()) > MOST_BYTES:
        raise NotReadable(_problem_too_large(path))
    return tuple(OwnFile(name, file, _sha256(file)) for name, file in sorted(found.items()))


def named_outside(path: Path, values: Iterable[Value]) -> dict[str, str]:
    """Return the hashes of files elsewhere that parameters name by absolute path: a changed file is another run."""
    folder = path.resolve().parent
    files = (Path(text) for text in _texts(values) if "\0" not in text and Path(text).is_absolute())
    return {str(file): _sha256(file) for file in files if _is_file(file) and not file.resolve().is_relative_to(folder)}


def font_hashes() -> dict[str, str]:
    """Return the hashes of a person's own fonts, where the environment names a folder; raises NotReadable for none there."""
    if not (folder := os.environ.get(FONTS)):
        return {}
    from daye_analysis.reporting.documents.fonts import font_files

    return {f"fonts/{file.relative_to(folder).as_posix()}": _sha256(file) for file in font_files(Path(folder))}


def copy_files(files: Iterable[OwnFile], folder: Path) -> None:
    """Copy the files to their places below `folder`; raise NotReadable for one that changed since it was hashed."""
    for file in files:
        data = file.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise NotReadable(_problem_changed(file.path))
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def with_pictures(notebook: dict[str, Any], files: Iterable[OwnFile]) -> dict[str, Any]:
    """Return the notebook with the pictures that its Markdown cells show attached to them."""
    by_name = {file.name: file for file in files}
    for cell in notebook["cells"]:
        for name in _shown(cell) if cell.get("cell_type") == "markdown" else ():
            if (file := by_name.get(name)) is not None:
                mime = mimetypes.guess_type(name)[0] or "image/png"
                content = file.path.read_bytes()
                text = content.decode("utf-8", "replace") if mime == "image/svg+xml" else base64.b64encode(content).decode()
                cell.setdefault("attachments", {})[name] = {mime: text}
    return notebook


def _listed(folder: Path, notebook: Mapping[str, Any]) -> Iterator[Path]:
    for pattern in (notebook.get("metadata") or {}).get("daye", {}).get("files", ()):
        plain = str(pattern)
        is_below = plain and not Path(plain).is_absolute() and ".." not in Path(plain).parts
        files = [file for file in sorted(folder.glob(plain)) if _is_below(file, folder)] if is_below else []
        if not files:
            raise WrongUsage(_problem_missing(plain))
        yield from files


def _named(folder: Path, notebook: Mapping[str, Any], values: Iterable[Value]) -> Iterator[Path]:
    names = list(_texts(values))
    is_python = program_language(notebook) == PYTHON
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "markdown":
            names += _shown(cell)
        elif cell.get("cell_type") == "code":
            source = cell_source(cell)
            names += _strings(source) if is_python else _WORD.findall(source)
            yield from _modules(folder, source) if is_python else ()
    yield from (file for name in names if (file := _file(folder, name)))


def _shown(cell: Mapping[str, Any]) -> list[str]:
    """Return the addresses of the pictures that a Markdown cell shows."""
    return [unquote(markdown or html).removeprefix("./") for markdown, html in _PICTURE.findall(cell_source(cell))]


@functools.lru_cache(maxsize=256)  # a sweep plans thousands of runs of one notebook
def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _strings(source: str) -> list[str]:
    return [node.value for node in ast.walk(_tree(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _modules(folder: Path, source: str) -> Iterator[Path]:
    """Yield the files in `folder` that are modules which `source` imports."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            if file := _file(folder, f"{name.replace('.', '/')}.py"):
                yield file
            package = folder / name.split(".")[0]
            if (package / "__init__.py").is_file():
                yield from (file for file in sorted(package.rglob("*.py")) if _is_below(file, folder))


def _texts(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str))


def _file(folder: Path, name: str) -> Path | None:
    """Return the regular file of that relative name below `folder`, if there is one."""
    if not name or len(name) > 400 or "\0" in name or "\n" in name or Path(name).is_absolute():
        return None
    file = folder / name
    return file.resolve() if _is_below(file, folder) else None


def _is_below(file: Path, folder: Path) -> bool:
    return _is_file(file) and file.resolve().is_relative_to(folder)


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _problem_missing(pattern: str) -> Problem:
    return worded(PUBLISHING_PROBLEMS, "notebook.file-missing", pattern, pattern=whole(pattern))


def _problem_changed(path: Path) -> Problem:
    return worded(PUBLISHING_PROBLEMS, "notebook.file-changed", str(path))


def _problem_too_large(path: Path) -> Problem:
    return worded(PUBLISHING_PROBLEMS, "notebook.files-too-large", str(path))
