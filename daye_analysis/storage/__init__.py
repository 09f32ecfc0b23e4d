"""Write files so that a kill, a full disk or a second process leaves either the old or the new state, never a mixture."""
