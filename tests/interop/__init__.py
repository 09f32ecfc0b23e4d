"""Independent readers of the package, and the comparison of what they see."""
