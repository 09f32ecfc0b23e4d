"""Pictures and print tables, their labels in zh and en, and the fonts they are set in."""
