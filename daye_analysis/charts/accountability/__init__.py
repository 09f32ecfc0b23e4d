"""Charts and tables of which bodies lead and answer for which tasks."""
