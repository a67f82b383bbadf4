"""The course: one racer at a time, from entering to the finish, on the clock of the server."""
