"""Schedules: their file, their slots, and the runs that are due."""
