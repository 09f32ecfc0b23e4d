"""The plugin by which frictionless finds the check `policy-targets`.

frictionless imports every module called `frictionless_*` at its first call, so this one imports nothing that takes time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from frictionless import Plugin

if TYPE_CHECKING:
    from frictionless import Check


class PolicytargetsPlugin(Plugin):
    """Answers for the check `policy-targets`; frictionless derives this class's name from the module's."""

    def select_check_class(self, type: str | None = None) -> type[Check] | None:
        """Return the check's class, in the language that `daye` speaks, or None for another check."""
        if type != "policy-targets":
            return None
        from daye_analysis.package.frictionless.check import PolicyTargets
        from daye_analysis.session import session_language

        class SpokenPolicyTargets(PolicyTargets):
            language = session_language()

        return SpokenPolicyTargets
