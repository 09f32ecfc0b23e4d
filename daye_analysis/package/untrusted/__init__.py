"""Read untrusted data packages: local regular files only, no network, no code."""

from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.raw_package import RawPackage, open_package, read_files

__all__ = ["RawPackage", "ReadLimits", "open_package", "read_files"]
