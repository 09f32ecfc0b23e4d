"""Read the rows and columns of a task table."""
