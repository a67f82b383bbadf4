"""QTI 2.0 to 2.2 and 3.0: single items and content packages."""
