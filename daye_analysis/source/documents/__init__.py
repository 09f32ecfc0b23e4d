"""Find the task list in a document: text, Word, Excel, HTML or PDF."""
