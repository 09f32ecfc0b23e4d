"""The evidence rule: what each observation says of each target, as an interval, and what that settles from when."""
