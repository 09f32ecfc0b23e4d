"""What a researcher holds: a package, the package as of a day, and one target of it."""
