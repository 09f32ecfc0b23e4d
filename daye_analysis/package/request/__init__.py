"""The data request: ask the leading bodies for the observations that were not found, and read their replies."""

from daye_analysis.package.request.reply import Reply, add_reply, import_request
from daye_analysis.package.request.requests import write_requests

__all__ = ["Reply", "add_reply", "import_request", "write_requests"]
