"""Notebooks as input: their parameters, their settings, and the hooks that run beside their cells."""
