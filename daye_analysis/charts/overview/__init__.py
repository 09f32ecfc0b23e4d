"""All targets on one page, each with a small chart of what is known against its value."""
