"""What it is worth: pure rules over values, without a clock, a random source or a database."""
