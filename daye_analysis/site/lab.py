"""The notebooks in the browser: JupyterLite with Pyodide, this library and the package, all from the site's own files.

JupyterLite's builder puts the shell together in a fresh folder (what an earlier build left there would have it skip steps). Pyodide's
parts are taken from a folder that the publisher has filled; every compiled one must bear the hash of the official lock file in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from daye_analysis import __version__
from daye_analysis.errors import CheckFailed, InfrastructureFailed, NotReadable, WrongUsage
from daye_analysis.package.places import project_root
from daye_analysis.package.untrusted import RawPackage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.publishing.identity import LIBRARY
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.storage.scratch import scratch_folder

CORE: Final = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# The loader's name in this release of Pyodide and in earlier ones.
_LOADERS: Final = ("pyodide.asm.mjs", "pyodide.asm.js")
_LOCK: Final = "pyodide-lock.json"
# What the kernel asks for when it starts, and what this library needs to run the notebooks.
KERNEL: Final = ("micropip", "ipython", "jedi", "comm")
LIBRARIES: Final = ("numpy", "pandas", "matplotlib", "scipy", "pyyaml", "pillow", "mistune")
# Parts of Python's own library that some releases of Pyodide have as packages.
_APART: Final = ("sqlite3", "ssl")
_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Lab:
    """A built lab: the folder that holds it, its notebooks, and the bytes that a browser may load."""

    folder: Path
    notebooks: tuple[str, ...]
    size: int


@contextlib.contextmanager
def built_lab(package: RawPackage, pyodide: Path, libraries: Sequence[str] = LIBRARIES) -> Iterator[Lab]:
    """Give a lab with the project's notebooks on a package, in a folder that is gone afterwards.

    Parameters
    ----------
    package
        The package that `load()` gives in the lab.
    pyodide
        A folder with Pyodide's core, `pyodide-lock.json`, and wheels.
    libraries
        What this library's wheel says that it needs; for a shell that only starts, none.

    Raises
    ------
    WrongUsage
        site.no-jupyterlite.
    NotReadable
        site.lab-file-missing, with every file that is not in the folder.
    CheckFailed
        site.lab-file-differs, with every file that is not the official one.
    InfrastructureFailed
        site.lab-not-built, with what the builder said last.
    """
    if importlib.util.find_spec("jupyterlite_core") is None or importlib.util.find_spec("jupyterlite_pyodide_kernel") is None:
        raise WrongUsage(worded(SITE_PROBLEMS, "site.no-jupyterlite", "--lab"))
    notebooks = {path.name: path.read_bytes() for path in sorted((project_root() / "notebooks").glob("*.ipynb"))}
    wheel, name = library_wheel(package, notebooks), f"daye_analysis-{__version__}-py3-none-any.whl"
    files = _pyodide_files(pyodide, (*KERNEL, *libraries), {name: wheel}, libraries)
    with scratch_folder("lab") as work:
        lite, out = work / "lite", work / "lab"
        _write(lite / "static/pyodide", files)
        _write(lite / "contents", {each: _for_the_browser(content) for each, content in notebooks.items()})
        _write(lite, _settings())
        _build(lite, out)
        sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
        yield Lab(out, tuple(notebooks), sum(sizes))


def lab_files(lab: Lab) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a lab by their path on the site."""
    for path in sorted(lab.folder.rglob("*")):
        if path.is_file():
            yield f"lab/{path.relative_to(lab.folder).as_posix()}", path.read_bytes()


def library_wheel(package: RawPackage, notebooks: Mapping[str, bytes]) -> bytes:
    """Return this library as a wheel that carries the package and the notebooks; the same files give the same bytes."""
    files = {
        f"daye_analysis/{path.relative_to(LIBRARY).as_posix()}": path.read_bytes()
        for path in sorted(LIBRARY.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.relative_to(LIBRARY).parts[0] != "published"
    }
    published = {"datapackage.json": json.dumps(package.descriptor, ensure_ascii=False).encode(), **package.files}
    published |= {f"notebooks/{name}": content for name, content in notebooks.items()}
    files |= {f"daye_analysis/published/{path}": content for path, content in published.items()}
    about = f"daye_analysis-{__version__}.dist-info"
    files[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: daye-analysis\nVersion: {__version__}\n".encode()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: daye\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = "".join(f"{path},,\n" for path in (*files, f"{about}/RECORD"))
    files[f"{about}/RECORD"] = record.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _pyodide_files(folder: Path, wanted: Sequence[str], own: Mapping[str, bytes], libraries: Sequence[str]) -> dict[str, bytes]:
    """Return the core, the wheels that are wanted with all that they need, our own, and a lock file of these alone."""
    official = _official(folder)
    entries: dict[str, dict[str, Any]] = {}
    files: dict[str, bytes] = {}
    core = [*CORE, next((name for name in _LOADERS if (folder / name).is_file()), _LOADERS[0])]
    missing, differing = [name for name in core if not (folder / name).is_file()], []
    apart = [name for name in _APART if name in official["packages"]]
    todo = [*wanted, *apart]
    while todo:
        name = _name(todo.pop())
        if name in entries:
            continue
        entry = official["packages"].get(name) or _pure(folder, name)
        path = folder / entry["file_name"] if entry else None
        if entry is None or path is None or not path.is_file():
            missing.append(entry["file_name"] if entry else f"{name}-*-none-any.whl")
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        # A pure wheel of the same version may as well come from the package index, which packs it otherwise.
        if digest != entry["sha256"] and not entry["file_name"].endswith("-none-any.whl"):
            differing.append(entry["file_name"])
        entries[name] = {**entry, "sha256": digest}
        files[entry["file_name"]] = content
        todo += entry["depends"]
    _raise(missing, differing)
    for file_name, content in own.items():
        entries["daye-analysis"] = _entry("daye-analysis", file_name, content, [_name(each) for each in (*libraries, *apart)])
        files[file_name] = content
    files |= {name: (folder / name).read_bytes() for name in core}
    lock = {"info": official["info"], "packages": dict(sorted(entries.items()))}
    return {**files, _LOCK: json.dumps(lock, indent=1).encode()}


def _official(folder: Path) -> dict[str, Any]:
    try:
        lock = json.loads((folder / _LOCK).read_bytes())
        return {"info": lock["info"], "packages": {_name(name): entry for name, entry in lock["packages"].items()}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise NotReadable(worded(SITE_PROBLEMS, "site.lab-file-missing", "--pyodide", found=_LOCK)) from None


def _pure(folder: Path, name: str) -> dict[str, Any] | None:
    """Return the entry of a pure wheel that the official lock file does not list."""
    found = sorted(path for path in folder.glob("*-none-any.whl") if _name(path.name.split("-")[0]) == name)
    return _entry(name, found[-1].name, found[-1].read_bytes(), []) if found else None


def _entry(name: str, file_name: str, content: bytes, depends: list[str]) -> dict[str, Any]:
    return {
        "name": name, "version": file_name.split("-")[1], "file_name": file_name, "install_dir": "site", "package_type": "package",
        "sha256": hashlib.sha256(content).hexdigest(), "imports": [name.replace("-", "_")], "depends": depends, "unvendored_tests": False,
    }  # fmt: skip


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _raise(missing: Sequence[str], differing: Sequence[str]) -> None:
    if missing:
        raise NotReadable([worded(SITE_PROBLEMS, "site.lab-file-missing", "--pyodide", found=each) for each in sorted(missing)])
    if differing:
        raise CheckFailed([worded(SITE_PROBLEMS, "site.lab-file-differs", "--pyodide", found=each) for each in sorted(differing)])


def _for_the_browser(notebook: bytes) -> bytes:
    """Return a notebook that opens with the kernel of the lab."""
    content = json.loads(notebook)
    content["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _settings() -> dict[str, bytes]:
    """Return the settings of the lab: nothing is asked of any other host, and no file is looked up in a package index."""
    kernel = {"disablePyPIFallback": True, "pyodideUrl": "./static/pyodide/pyodide.mjs"}
    data = {"litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}, "appName": "daye_analysis"}
    return {"jupyter-lite.json": json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": data}).encode()}


def _build(lite: Path, out: Path) -> None:
    """Have JupyterLite build the lab; days of files are all the first that a .zip knows, so that they do not change."""
    words = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(lite), "--output-dir", str(out), "--contents", str(lite / "contents"),
             "--apps", "lab", "--no-sourcemaps", "--no-libarchive", "--source-date-epoch", "315532800"]  # fmt: skip
    try:
        done = subprocess.run(words, cwd=lite, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS, check=False)
        said = (done.stderr or done.stdout).strip().splitlines()[-1:] if done.returncode else []
    except subprocess.TimeoutExpired:
        said = [f"{_SECONDS} s"]
    if said or not (out / "lab/index.html").is_file():
        raise InfrastructureFailed(worded(SITE_PROBLEMS, "site.lab-not-built", "--lab", reason=whole(" ".join(said) or "-")))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
