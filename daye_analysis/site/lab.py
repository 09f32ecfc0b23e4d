"""The notebooks in the browser: JupyterLite with Pyodide, this library and the package, all from the site's own files.

JupyterLite's builder puts the shell together in a fresh folder (what an earlier build left there would have it skip steps), with no
extension but its kernel, whatever else is installed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from daye_analysis.bilingual import Language
from daye_analysis.errors import InfrastructureFailed, WrongUsage
from daye_analysis.package.places import project_root
from daye_analysis.package.untrusted import RawPackage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.site.problems import SITE_PROBLEMS
from daye_analysis.site.pyodide import pyodide_files
from daye_analysis.storage.scratch import scratch_folder

_KERNEL: Final = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension"
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Lab:
    """A built lab: the folder that holds it, its notebooks, and the bytes that a browser may load."""

    folder: Path
    notebooks: tuple[str, ...]
    size: int


@contextlib.contextmanager
def built_lab(package: RawPackage, pyodide: Path) -> Iterator[Lab]:
    """Give a lab with the project's notebooks on a package, in a folder that is gone afterwards.

    Parameters
    ----------
    package
        The package that `load()` gives in the lab.
    pyodide
        A folder with the files that `requirements/pyodide.lock` names.

    Raises
    ------
    WrongUsage
        site.no-jupyterlite.
    NotReadable
        site.lab-file-missing, with every file that is not in the folder.
    CheckFailed
        site.lab-file-differs, with every file that is not the locked one.
    InfrastructureFailed
        site.lab-not-built, with what the builder said last.
    """
    if importlib.util.find_spec("jupyterlite_core") is None or importlib.util.find_spec("jupyterlite_pyodide_kernel") is None:
        raise WrongUsage(worded(SITE_PROBLEMS, "site.no-jupyterlite", "--lab"))
    notebooks = {path.name: path.read_bytes() for path in sorted((project_root() / "notebooks").glob("*.ipynb"))}
    files = pyodide_files(pyodide, package, notebooks)
    with scratch_folder("lab") as work:
        lite, out = work / "lite", work / "lab"
        _write(lite / "static/pyodide", files)
        for language in _LANGUAGES:
            _write(lite / "contents" / language, {each: _for_the_browser(content, language) for each, content in notebooks.items()})
        _write(lite, _settings())
        _build(lite, out)
        sizes = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
        yield Lab(out, tuple(notebooks), sum(sizes))


def lab_files(lab: Lab) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a lab by their path on the site."""
    for path in sorted(lab.folder.rglob("*")):
        if path.is_file():
            yield f"lab/{path.relative_to(lab.folder).as_posix()}", path.read_bytes()


def _for_the_browser(notebook: bytes, language: Language) -> bytes:
    """Return a notebook that opens with the kernel of the lab, in one language."""
    content = json.loads(notebook)
    others = {each for each in _LANGUAGES if each != language}
    content["cells"] = [cell for cell in content["cells"] if not others & set(cell["metadata"].get("tags", ()))]
    for cell in content["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = [line.replace('language: str = ""', f'language: str = "{language}"') for line in cell["source"]]
    content["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _settings() -> dict[str, bytes]:
    """Return the settings of the lab: nothing is asked of any other host, and no file is looked up in a package index."""
    kernel = {"disablePyPIFallback": True, "pyodideUrl": "./static/pyodide/pyodide.mjs"}
    data = {"litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}, "appName": "daye_analysis"}
    build = {"LiteBuildConfig": {"ignore_sys_prefix": ["federated_extensions"], "federated_extensions": [str(Path(sys.prefix) / _KERNEL)]}}
    # A cell of cards shows more than fifty outputs, after which JupyterLab would hide the rest.
    shown = {"@jupyterlab/notebook-extension:tracker": {"maxNumberOutputs": 1000}}
    return {
        "overrides.json": json.dumps(shown).encode(),
        "jupyter-lite.json": json.dumps({"jupyter-lite-schema-version": 0, "jupyter-config-data": data}).encode(),
        "jupyter_lite_config.json": json.dumps(build).encode(),
    }


def _build(lite: Path, out: Path) -> None:
    """Have JupyterLite build the lab; days of files are all the first that a .zip knows, so that they do not change."""
    words = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(lite), "--output-dir", str(out), "--contents", str(lite / "contents"),
             "--apps", "lab", "--no-sourcemaps", "--no-libarchive", "--source-date-epoch", "315532800"]  # fmt: skip
    try:
        done = subprocess.run(words, cwd=lite, capture_output=True, encoding="utf-8", errors="replace", timeout=_SECONDS, check=False)
        lines = f"{done.stdout}\n{done.stderr}".strip().splitlines() if done.returncode else []
        said = [line for line in lines if "ERROR" in line][-1:] or lines[-1:]
    except subprocess.TimeoutExpired:
        said = [f"{_SECONDS} s"]
    if said or not (out / "lab/index.html").is_file():
        raise InfrastructureFailed(worded(SITE_PROBLEMS, "site.lab-not-built", "--lab", reason=whole(" ".join(said) or "-")))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
