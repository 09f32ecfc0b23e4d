"""The environment variables of a notebook's process: built from a short list, never inherited as a whole.

Tokens and passwords that lie in the environment of the caller cannot reach an output that way, and what would
make two machines' outputs differ (zone, locale, hash seed, threads of the linear algebra) is fixed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

RUN_FOLDER = "DAYE_RUN_FOLDER"
# How many characters that a cell prints are kept.
PRINTED_LIMIT = "DAYE_PRINTED_CHARACTERS"
# A folder of a person's own fonts, for characters that the project's lack.
FONTS = "DAYE_FONTS"
# The folder of data that lists the kernel of another language, which may lie in a person's home.
KERNELS = "JUPYTER_PATH"

# What programs need to find their files; nothing here names a person's secrets.
PASSED_ON = (
    "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME",
    "VIRTUAL_ENV", "CONDA_PREFIX", "MPLCONFIGDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "SYSTEMROOT", "WINDIR",
    "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "USERPROFILE", "PYTHONDONTWRITEBYTECODE",
    "R_HOME", "R_LIBS", "R_LIBS_USER", "JULIA_DEPOT_PATH", "JULIA_PROJECT", "JAVA_HOME", FONTS,
)  # fmt: skip

FIXED = {
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    # One thread sums in one order, and a process without threads may be forked.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # pandas imports pyarrow where it finds it, whose allocator would start a thread.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # A kernel specification in the user's home must not replace this environment's Python.
    "JUPYTER_PREFER_ENV_PATH": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def base_environment(inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of every process that the runner starts."""
    source = os.environ if inherited is None else inherited
    return {name: source[name] for name in PASSED_ON if name in source} | FIXED


def notebook_environment(run_folder: Path, private: Path, as_of: date, printed: int) -> dict[str, str]:
    """Return what is added for one run: where its outputs go, its day as the date of every file, how much it may print."""
    midnight = datetime.combine(as_of, time(), tzinfo=UTC)
    return {
        RUN_FOLDER: str(run_folder),
        PRINTED_LIMIT: str(printed),
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        "TMPDIR": str(private / "tmp"),
        "TEMP": str(private / "tmp"),
        "TMP": str(private / "tmp"),
        "IPYTHONDIR": str(private / "ipython"),
        "JUPYTER_CONFIG_DIR": str(private / "jupyter"),
        "JUPYTER_DATA_DIR": str(private / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(private / "jupyter"),
    }


def skip_slow_imports() -> None:
    """Keep three slow libraries out of this process; call before the first import of jsonschema and of ipykernel.

    `rfc3987-syntax` compiles 38 parsers when imported (about a second), `isoduration` brings a library of its own for
    dates; jsonschema treats both as optional, and they serve formats that no notebook or package uses. `debugpy` takes a
    tenth of a second; ipykernel does without, and no report is stepped through.
    """
    for name in ("rfc3987_syntax", "isoduration", "debugpy"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
