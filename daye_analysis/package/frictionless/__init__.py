"""Interface to frictionless: problems as its Report, our checks in its validation, a package as its Package.

Nothing here is imported before it is asked for: frictionless takes half a second to import.
"""
