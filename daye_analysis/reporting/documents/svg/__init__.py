"""Drawings (SVG): made safe, with bounds on what they cost."""
