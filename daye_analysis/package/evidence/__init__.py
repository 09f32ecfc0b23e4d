"""The evidence rule: what each observation implies for each target, as an interval, and the conclusions by date."""
