"""What is said of a target in words: its bounds, the growth that it needs, the verdict on it."""
