"""Assess one target: attainment, bounds, schedule, pace and probability, kept apart; evidence grades; back-test."""
