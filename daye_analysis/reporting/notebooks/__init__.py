"""A notebook as input: its parameters, its settings, and the hooks that run beside its cells."""
