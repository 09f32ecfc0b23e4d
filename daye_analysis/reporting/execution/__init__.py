"""Run one job in a child process with time and memory limits."""
