"""Every write of the virtual workplace; each takes the session first and never commits."""

from psot.workplace.classes import control, enter, open_class
from psot.workplace.running import act, overdue, settle, start, stop, walk

__all__ = ["act", "control", "enter", "open_class", "overdue", "settle", "start", "stop", "walk"]
