"""What can be said where no comparable figure exists: ambition, what would have to be true, when it is known, earlier aims."""
