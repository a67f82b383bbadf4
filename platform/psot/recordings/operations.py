"""Every write of recordings, by their names; each takes the session first and never commits."""

from psot.recordings.editing import Draft, publish, remove_subtitles, save, withdraw
from psot.recordings.packaged import load_packaged
from psot.recordings.uploads import add as add_part
from psot.recordings.uploads import begin as begin_upload
from psot.recordings.watching import answer_check, initialize, report, settle_missed

__all__ = [
    "Draft",
    "add_part",
    "answer_check",
    "begin_upload",
    "initialize",
    "load_packaged",
    "publish",
    "remove_subtitles",
    "report",
    "save",
    "settle_missed",
    "withdraw",
]
