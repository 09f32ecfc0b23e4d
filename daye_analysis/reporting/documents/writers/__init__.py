"""Write a document as Typst or as HTML."""
