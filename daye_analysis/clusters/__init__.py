"""Cluster growth: targets and starting points, published growth, and decompositions where the data allow.

No indicator is known by name: the whole of which clusters are parts, and the activity whose published growth is shown,
are found among the context indicators by role, quantity and unit, or named by the caller.
"""
