"""The region's figures to take along: the same numbers as on the page, and nobody's name."""
