"""Plan and run one report or a batch of reports."""
