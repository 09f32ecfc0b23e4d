"""Check a finished PDF against the document that it was made from."""
