"""Forecasts from reference classes, their back-test and their calibration."""
