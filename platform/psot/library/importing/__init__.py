"""Question banks of others: read, shown with every loss, stored as drafts once an editor agrees.

`content.exchange` reads and writes the formats; here is what the library adds: which topics, norms
and ids there are, the drafts, and the pages. Between the report and the agreement nothing is in
the database: the rows wait in Redis, for half an hour, for the editor who brought them.
"""
