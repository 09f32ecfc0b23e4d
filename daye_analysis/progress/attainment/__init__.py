"""What the evidence says of one target: its case, its rates, its status and its verdict."""
