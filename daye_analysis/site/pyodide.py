"""What of Pyodide the lab loads: the files that `requirements/pyodide.lock` names, and wheels of what is installed here.

The lock has one line a file, `sha256  name`, as `sha256sum --check` reads it. All but pandas are the files of one release of Pyodide and bear
the hashes of its own `pyodide-lock.json`; that release has no pandas as new as ours, so its wheel is the one of the package index.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from daye_analysis import __version__
from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.package.places import project_root
from daye_analysis.package.untrusted import RawPackage
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.publishing.identity import LIBRARY
from daye_analysis.site.problems import SITE_PROBLEMS

LOCK: Final = "requirements/pyodide.lock"
OFFICIAL: Final = "pyodide-lock.json"
# Without pyodide.js the builder of JupyterLite takes a folder for no Pyodide.
CORE: Final = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", OFFICIAL)
# What the kernel asks for when it starts, and what this library needs to run the notebooks; from Pyodide, with all that they need.
WANTED: Final = ("micropip", "ipython", "jedi", "sqlite3", "ssl", "numpy", "pandas", "matplotlib", "scipy", "pillow")
# Pure Python, or able to do without their compiled parts: packed from this environment, which its own lock has checked.
INSTALLED: Final = {
    "click": (), "comm": (), "filelock": (), "mistune": (), "PyYAML": (), "seaborn": ("numpy", "pandas", "matplotlib"),
}  # fmt: skip
_NEEDED: Final = ("numpy", "pandas", "matplotlib", "seaborn", "scipy", "pillow", "mistune", "pyyaml", "filelock", "click", "sqlite3")
_COMPILED: Final = (".so", ".pyd", ".dylib", ".pyc")


def locked_files() -> dict[str, str]:
    """Return the SHA-256 of each file that the lab loads from Pyodide, by its name."""
    lines = (project_root() / LOCK).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines if line and not line.startswith("#"))}


def lab_digest() -> str:
    """Return what a lab is made from beside this library and the package: the locked files and the distributions that are packed."""
    installed = [f"{name} {importlib.metadata.version(name)}" for name in INSTALLED]
    return sha256("\n".join([*locked_files().values(), *installed]).encode())


def checked_files(folder: Path) -> dict[str, bytes]:
    """Return the locked files of a folder.

    Raises
    ------
    NotReadable
        site.lab-file-missing, with every file that is not there.
    CheckFailed
        site.lab-file-differs, with every file that is not the locked one.
    """
    locked = locked_files()
    missing = sorted(name for name in locked if not (folder / name).is_file())
    if missing:
        raise NotReadable([worded(SITE_PROBLEMS, "site.lab-file-missing", "--pyodide", found=each) for each in missing])
    files = {name: (folder / name).read_bytes() for name in locked}
    differing = sorted(name for name, content in files.items() if sha256(content) != locked[name])
    if differing:
        raise CheckFailed([worded(SITE_PROBLEMS, "site.lab-file-differs", "--pyodide", found=each) for each in differing])
    return files


def pyodide_files(folder: Path, package: RawPackage, notebooks: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the locked files of a folder, wheels of our own, and a lock file for Pyodide of these alone; raises as `checked_files` does."""
    files = checked_files(folder)
    official = json.loads(files[OFFICIAL])
    known = {project_name(name): entry for name, entry in official["packages"].items()}
    entries = {}
    for file_name in files.keys() - set(CORE):
        name = project_name(file_name.split("-")[0])
        entries[name] = {**known[name], **_identity(file_name, files[file_name])}
    own = {name: (installed_wheel(name), depends) for name, depends in INSTALLED.items()}
    own["daye_analysis"] = (library_wheel(package, notebooks), _NEEDED)
    for name, ((file_name, content), depends) in own.items():
        files[file_name] = content
        entries[project_name(name)] = _entry(name, file_name, content, [*depends])
    lock = {"info": official["info"], "packages": dict(sorted(entries.items()))}
    return {**files, OFFICIAL: json.dumps(lock, indent=1).encode()}


def library_wheel(package: RawPackage, notebooks: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return this library as a wheel that carries the package and the notebooks, with its name; the same files give the same bytes."""
    files = {
        f"daye_analysis/{path.relative_to(LIBRARY).as_posix()}": path.read_bytes()
        for path in sorted(LIBRARY.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and path.relative_to(LIBRARY).parts[0] != "published"
    }
    published = {"datapackage.json": json.dumps(package.descriptor, ensure_ascii=False).encode(), **package.files}
    published |= {f"notebooks/{name}": content for name, content in notebooks.items()}
    files |= {f"daye_analysis/published/{path}": content for path, content in published.items()}
    files["METADATA"] = f"Metadata-Version: 2.1\nName: daye-analysis\nVersion: {__version__}\n".encode()
    return _wheel("daye_analysis", __version__, files)


def installed_wheel(name: str) -> tuple[str, bytes]:
    """Return an installed distribution as a wheel without its compiled parts, with its name; the same files give the same bytes."""
    found = importlib.metadata.distribution(name)
    files = {}
    for path in sorted(found.files or (), key=str):
        if ".." in path.parts or path.suffix in _COMPILED or "__pycache__" in path.parts:
            continue
        if not path.parts[0].endswith(".dist-info"):
            files[path.as_posix()] = Path(str(path.locate())).read_bytes()
    files["METADATA"] = (found.read_text("METADATA") or "").encode()
    return _wheel(project_name(name).replace("-", "_"), found.version, files)


def _wheel(name: str, version: str, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return a pure wheel of files, of which METADATA describes it."""
    about = f"{name}-{version}.dist-info"
    placed = {f"{about}/{path}" if path == "METADATA" else path: content for path, content in files.items()}
    placed[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: daye\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    placed[f"{about}/RECORD"] = "".join(f"{path},,\n" for path in (*placed, f"{about}/RECORD")).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in placed.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return f"{name}-{version}-py3-none-any.whl", out.getvalue()


def _entry(name: str, file_name: str, content: bytes, depends: list[str]) -> dict[str, Any]:
    imported = {"PyYAML": "yaml"}.get(name, name)
    return {
        "name": project_name(name), "install_dir": "site", "package_type": "package", "imports": [imported], "depends": depends,
        "unvendored_tests": False, **_identity(file_name, content),
    }  # fmt: skip


def _identity(file_name: str, content: bytes) -> dict[str, str]:
    version = file_name.removesuffix(".zip").split("-")[1]
    return {"file_name": file_name, "version": version, "sha256": sha256(content)}


def project_name(name: str) -> str:
    """Return the name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def sha256(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()
