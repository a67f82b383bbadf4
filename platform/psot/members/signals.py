"""What other layers may listen to. Sent after the change is committed."""

from blinker import signal

# A session is no more. Sender: its key (UUID); keyword ``member`` (UUID). Sockets opened from it
# are to be cut.
session_ended = signal("psot.members.session_ended")
