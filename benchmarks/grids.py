"""How planning a sweep grows: grids of 10 to 10,000 runs, read and planned without making one. `python benchmarks/grids.py`"""

from __future__ import annotations

import resource
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from daye_analysis.package.places import project_root
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.sweeps.file import read_grid
from daye_analysis.reporting.sweeps.run import _orders

SIZES = (10, 100, 1_000, 10_000)


def main() -> None:
    """Print the CPU seconds to read and to plan each grid, the time a run, and the peak memory of the process so far."""
    root = project_root()
    print("runs\tread s\tplan s\tms a run\tpeak MB")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            days = [date(2024, 3, 1) + timedelta(days=number % 1000) for number in range(min(size, 1000))]
            path = Path(folder) / "grid.yaml"
            names = [f"none/{number}" for number in range(size // len(days))] if size > len(days) else []
            more = "parameters:\n  plan: [" + ", ".join(f'"p{number}"' for number in range(len(names))) + "]\n" if names else ""
            path.write_text(f"notebooks: [target_feasibility]\nas_of: [{', '.join(map(str, days))}]\n{more}", encoding="utf-8")
            began = time.process_time()
            grid = read_grid(path, root / "notebooks", root)
            read = time.process_time()
            orders, _ = _orders(grid, Settings(Path(folder) / "reports"), Path(folder) / "reports")
            planned = time.process_time()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            assert len(orders) == len(grid.cells) == size
            print(f"{size}\t{read - began:.2f}\t{planned - read:.2f}\t{1000 * (planned - read) / size:.2f}\t{peak:.0f}")


if __name__ == "__main__":
    main()
