"""Charts and print tables, their labels in Chinese and English, and their fonts."""
