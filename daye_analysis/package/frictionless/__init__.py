"""Interface to frictionless: problems as a Report, this project's checks in its validation, a package as a Package.

Nothing here is imported before it is asked for: frictionless takes half a second to import.
"""
