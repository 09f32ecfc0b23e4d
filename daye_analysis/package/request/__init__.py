"""The data request: asking the leading units for the figures that were not found, and reading their replies."""

from daye_analysis.package.request.reply import Reply, add_reply, import_request
from daye_analysis.package.request.requests import write_requests

__all__ = ["Reply", "add_reply", "import_request", "write_requests"]
