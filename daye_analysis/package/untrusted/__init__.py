"""Read untrusted data packages: local regular files only, no network, no code."""

from daye_analysis.package.untrusted.limits import Limits
from daye_analysis.package.untrusted.raw_package import RawPackage, open_package, read_files

__all__ = ["Limits", "RawPackage", "open_package", "read_files"]
