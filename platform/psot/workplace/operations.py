"""Every write of the virtual workplace; each takes the session first and never commits."""

from psot.workplace.classes import control, enter, open_class
from psot.workplace.ending import overdue, settle, stop
from psot.workplace.running import act, start, walk

__all__ = ["act", "control", "enter", "open_class", "overdue", "settle", "start", "stop", "walk"]
