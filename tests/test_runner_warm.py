"""Forked runs: as isolated as a kernel of their own, and byte for byte what that kernel would have given."""

from __future__ import annotations

from pathlib import Path

import pytest
import runner_help as help_

from daye_analysis.reporting.execution.execute import LIBRARIES, ForkServer, PlainKernels

# One cell for each way in which a notebook shows something.
SHOWS = [
    "import sys\nprint('to stdout')\nprint('to stderr', file=sys.stderr)\nprint('again')\n1 + 1",
    "import pandas as pd\ntable = pd.DataFrame({'城市': ['大冶', 'b'], 'value': [1.5, None]})\ntable",
    "print(table)\ntable.style.format(precision=1).set_uuid('t')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('picture')",
    "%config InlineBackend.figure_formats = ['svg']\nimport matplotlib\nmatplotlib.rcParams['svg.hashsalt'] = 'x'\n"
    "fig, (left, right) = plt.subplots(1, 2)\nleft.bar(['a', 'b'], [1, 2])\nright.scatter([1, 2], [2, 1]);",
    "import seaborn as sns\nsns.histplot([1, 2, 2, 3]);",
    # What seaborn takes from scipy, which the parent postpones.
    "sns.kdeplot([1.0, 2, 2, 3, 5]);",
    "sns.clustermap(pd.DataFrame([[1.0, 2, 4], [2, 1, 3], [5, 3, 1]]));",
    "import seaborn.objects as so\nso.Plot(x=[1.0, 2, 2, 5]).add(so.Area(), so.KDE())",
    "import scipy.stats\n'scipy.stats' in sys.modules, scipy.stats.gaussian_kde([1.0, 2, 4])(1.5)",
    "from IPython.display import HTML, Markdown, Math, display, clear_output\n"
    "handle = display('first', display_id='x')\ndisplay(HTML('<b>x</b>'), Markdown('*y*'), Math('z^2'))\nhandle.update('then')",
    "print('gone')\nclear_output()\nprint('stays')",
    # A cold kernel reads in a thread what other programs print: without a pause it sometimes comes after the result.
    "!echo from a shell\nimport subprocess, time\ndone = subprocess.run(['echo', 'from a process'])\ntime.sleep(0.5)\ndone",
    "import warnings\nwarnings.warn('careful')\nprint(object())",
    "import asyncio\nawait asyncio.sleep(0.01)\n_, sorted(Out)",
    "class Shown:\n    def _repr_mimebundle_(self, **options):\n        return {'text/plain': 'bundle', 'application/json': {'a': (1, 2)}}\nShown()",
    "%%html\n<p>magic</p>",
    "get_ipython().__class__.__name__, __name__, sys.stdout.isatty(), {'b', 'a', 'c'}",
    "import os\nos.getcwd(), sorted(os.listdir('.')), os.environ.get('TZ'), os.environ.get('PYTHONHASHSEED')",
    "import time\nfrom datetime import datetime\ndatetime.fromtimestamp(0).isoformat(), time.tzname",
    "%precision 3\n3.14159265",
    "from tqdm.auto import tqdm\ntqdm.__module__",
    "None",
    "1;",
]  # fmt: skip


@pytest.fixture(scope="module")
def warm() -> ForkServer:
    """A fork server with all libraries, as the command starts it."""
    with ForkServer(LIBRARIES) as server:
        yield server


def test_a_forked_run_gives_the_bytes_of_a_cold_kernel(tmp_path: Path, warm: ForkServer) -> None:
    """Every kind of output, one by one, then all files."""
    (tmp_path / "cold").mkdir()
    (tmp_path / "warm").mkdir()
    cold = help_.run(tmp_path / "cold", PlainKernels(), *SHOWS)
    forked = help_.run(tmp_path / "warm", warm, *SHOWS)
    assert cold.identity.sha256 == forked.identity.sha256
    for one, other in zip(help_.executed(cold)["cells"], help_.executed(forked)["cells"], strict=True):
        assert other == one
    for one_file, other_file in zip(cold.files, forked.files, strict=True):
        if one_file.name != "manifest.json":
            assert one_file.read_bytes() == other_file.read_bytes()


POLLUTES = """\
import os, sys, random, warnings
import numpy as np, pandas as pd, matplotlib
here = os.getcwd()
leaked = 'a variable'
pd.leaked = matplotlib.leaked = 'an attribute'
sys.modules['leaked'] = pd
sys.path.insert(0, '/leaked')
os.environ['LEAKED'] = 'yes'
open('leaked.txt', 'w').write('a file')
os.umask(0)
os.nice(1)
pd.set_option('display.max_rows', 3)
matplotlib.rcParams['font.size'] = 99
warnings.simplefilter('error')
np.random.seed(1)
random.seed(1)
import builtins
builtins.leaked = 1
import locale
locale.setlocale(locale.LC_ALL, 'C')
"""
CHECKS = """\
import builtins, os, sys
import numpy as np, pandas as pd, matplotlib, warnings
assert 'leaked' not in globals() and not hasattr(pd, 'leaked') and not hasattr(matplotlib, 'leaked')
assert 'leaked' not in sys.modules and '/leaked' not in sys.path and 'LEAKED' not in os.environ
assert not hasattr(builtins, 'leaked') and os.listdir('.') == ['package'], os.listdir('.')
assert pd.get_option('display.max_rows') == 60 and matplotlib.rcParams['font.size'] == 10
assert not [f for f in warnings.filters if f[0] == 'error' and f[2] is Warning]
assert os.nice(0) == 0 and os.umask(0o22) == 0o22
"""


def test_nothing_of_a_run_is_seen_by_the_next(tmp_path: Path, warm: ForkServer) -> None:
    """Variables, modules, options, environment, files, filters: the next run starts as if there had been none."""
    help_.run(tmp_path, warm, CHECKS, name="first")
    help_.run(tmp_path, warm, POLLUTES, name="second")
    help_.run(tmp_path, warm, CHECKS, name="third")


def test_random_numbers_are_not_shared(tmp_path: Path, warm: ForkServer) -> None:
    """A child that inherits its parent's generators would draw what every other child draws."""
    source = "import random, uuid, tempfile\nimport numpy as np\nprint(random.random(), np.random.random(), uuid.uuid4())"
    drawn = [
        help_.printed(help_.executed(help_.run(tmp_path, warm, source, name=name))).split() for name in ("one", "two")
    ]
    assert len(drawn[0]) == 3
    assert not set(drawn[0]) & set(drawn[1])


def test_every_run_has_its_own_session_folder_and_environment(tmp_path: Path, warm: ForkServer) -> None:
    """A process group of its own, so that it can be ended whole; a working folder that no one else uses."""
    source = "import os, pathlib\nprint(os.getpid() == os.getpgid(0) == os.getsid(0), pathlib.Path('here').exists())\n"
    source += "pathlib.Path('here').touch()"
    for name in ("one", "two"):
        result = help_.run(tmp_path, warm, source, name=name)
        assert help_.printed(help_.executed(result)) == "True False\n"


def test_case_38_zone_locale_hash_seed_and_folder_change_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same run in two surroundings, printed as real PDF and HTML: the same bytes in every file."""
    source = [
        "import pandas as pd, time\nprint(time.tzname, {'x', 'y', 'z', '大'})\npd.DataFrame({'城市': ['大冶'], 'value': [1.5]})"
    ]
    files: list[dict[str, bytes]] = []
    for name, environment in (
        ("one", {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "1"}),
        ("two", {"TZ": "Pacific/Honolulu", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2", "COLUMNS": "40"}),
    ):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        process = help_.other_process(f"print_really({str(folder)!r}, *{source!r})", **environment)
        _, told = process.communicate(timeout=180)
        assert process.returncode == 0, told
        (run,) = help_.reports_of(folder)
        files.append({path.name: path.read_bytes() for path in run.iterdir() if path.name != "manifest.json"})
    assert files[0]["report.pdf"].startswith(b"%PDF")
    assert b"<table" in files[0]["report.html"]
    assert files[0] == files[1]


def test_case_43_a_forked_run_opens_no_address(tmp_path: Path, warm: ForkServer) -> None:
    """No kernel channels: a run works where there is not even a loopback device."""
    source = "import psutil\nprint(psutil.Process().net_connections(kind='inet'))"
    assert help_.printed(help_.executed(help_.run(tmp_path, warm, source))) == "[]\n"
