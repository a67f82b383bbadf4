"""What rooms above may listen to. Sent inside the transaction of the change, to change with it."""

from blinker import signal

# A start list is no more. Sender: the session (SQLAlchemy); keyword ``race`` (UUID). Whatever was
# kept by bib for this race is void.
list_undone = signal("psot.races.list_undone")
