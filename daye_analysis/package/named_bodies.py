"""The bodies named for a task, in the order of the list."""

from __future__ import annotations

from daye_analysis.package.package_tables import PackageTables


def named_bodies(package: PackageTables, task_id: str, role: str) -> list[str]:
    """Return the bodies named for a task in a role (lead, responsible), in the list's order."""
    key = ("named_bodies", role)
    if key not in package.cache:
        rows = package.responsibilities[package.responsibilities["role"] == role].sort_values("position", kind="stable")
        found: dict[str, list[str]] = {}
        for task, unit in zip(rows["task_id"], rows["unit_id"], strict=True):
            found.setdefault(str(task), []).append(str(unit))
        package.cache[key] = found
    return list(package.cache[key].get(task_id, []))
