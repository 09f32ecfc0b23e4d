"""Writing so that a kill, a full disk or a second process leaves the old state or the new one, never a mixture."""
