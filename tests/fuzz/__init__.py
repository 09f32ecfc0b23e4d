"""The project's own fuzzers: what they try is made from a seed, so that a failure is made again by its number."""
