"""Other bodies' published methods: what each would call the same figures, with a target and without one."""
