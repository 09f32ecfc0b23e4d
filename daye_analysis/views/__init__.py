"""The objects that a researcher works with: a package, the package as of a day, and one of its targets."""
