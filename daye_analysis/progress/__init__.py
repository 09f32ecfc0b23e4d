"""Judging one target: fact, bounds, schedule, pace and probability, kept apart; evidence grades; back-test."""
