"""Reading a stranger's package without opening, running or believing anything that it asks for."""

from daye_analysis.package.untrusted.limits import Limits
from daye_analysis.package.untrusted.raw_package import RawPackage, open_package

__all__ = ["Limits", "RawPackage", "open_package"]
