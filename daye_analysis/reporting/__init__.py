"""Run notebooks and print reports: parameters, PDF and HTML, manifests, schedules, sweeps."""
