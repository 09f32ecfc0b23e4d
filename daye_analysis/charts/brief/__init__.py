"""The parts of the progress brief: its findings, what moved, and the state of the evidence."""
