"""The data request: ask the leading bodies for the observations that were not found, and read their replies."""

from daye_analysis.package.request.replies import build_with_replies
from daye_analysis.package.request.reply import Reply, import_replies
from daye_analysis.package.request.requests import write_requests

__all__ = ["Reply", "build_with_replies", "import_replies", "write_requests"]
