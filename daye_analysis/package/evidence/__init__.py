"""The evidence rule: what each observation says about each target, as an interval, and what follows from which date."""
