"""Runs notebooks and prints what they say: parameters, PDF and HTML, manifests, schedules, sweeps."""
