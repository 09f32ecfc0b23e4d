"""The files that people edit, from which the package is built."""
