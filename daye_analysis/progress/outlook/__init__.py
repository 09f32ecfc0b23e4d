"""Conclusions without a comparable figure: ambition, conditions for success, publication dates, earlier targets."""
