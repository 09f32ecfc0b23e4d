"""Draft a package for another place from its task list, with open decisions marked."""

from daye_analysis.package.new.drafting import Draft, Facts, draft_package
from daye_analysis.package.new.starting import NewPackage, new_package
from daye_analysis.package.new.worksheet import apply_worksheet, write_worksheet

__all__ = ["Draft", "Facts", "NewPackage", "apply_worksheet", "draft_package", "new_package", "write_worksheet"]
