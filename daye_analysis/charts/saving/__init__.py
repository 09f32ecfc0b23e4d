"""Charts and tables as files to take along; a file's ending says in which format."""
