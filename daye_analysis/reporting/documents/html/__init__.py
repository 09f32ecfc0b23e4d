"""Read HTML outputs into the blocks of a document."""
