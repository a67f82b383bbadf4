"""The shell: what every page wears. Header, navigation, look, languages, formats, error pages.

It knows no room: a room that has something for the first page hands it a reader (`show`).
"""

from psot.shell.door import install
from psot.shell.faults import fault_page
from psot.shell.home import HomeBoard, Row, Step, show
from psot.shell.navigation import count
from psot.shell.preferences import keep_for_members

__all__ = ["HomeBoard", "Row", "Step", "count", "fault_page", "install", "keep_for_members", "show"]
