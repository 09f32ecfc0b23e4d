"""The identity of a run, its manifest, and its publication in the reports folder."""
