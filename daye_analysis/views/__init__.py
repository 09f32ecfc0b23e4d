"""The objects that researchers work with: a package, the package as of a day, and one of its targets."""
