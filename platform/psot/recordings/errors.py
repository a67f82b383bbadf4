"""What can go wrong with recordings."""

from psot.errors import Conflict, Invalid, NotFound


class UnknownRecording(NotFound):
    """No such recording, or it is not published and the caller is no editor."""

    code = "unknown_recording"


class UnknownViewing(NotFound):
    """No such viewing of this member."""

    code = "unknown_viewing"


class UnknownCheck(NotFound):
    """No such check of attention of this member."""

    code = "unknown_check"


class UnknownUpload(NotFound):
    """No such upload of this member."""

    code = "unknown_upload"


class ReportDiffers(Conflict):
    """The report with this number was taken before with other content: the first one stands."""

    code = "report_differs"


class CheckIsOver(Conflict):
    """The check was not answered in time."""

    code = "check_is_over"


class OutOfStep(Conflict):
    """A part of an upload does not follow what has been received."""

    code = "upload_out_of_step"


class NotReady(Conflict):
    """The recording lacks something that publishing needs."""

    code = "recording_not_ready"


class BadReport(Invalid):
    """A report says nothing that could be played."""

    code = "bad_report"


class BadFile(Invalid):
    """A file that recordings cannot be made of."""

    code = "bad_file"


class BadRecording(Invalid):
    """The description of a recording has something to correct."""

    code = "bad_recording"


class BadSubtitles(Invalid):
    """A text that is no WebVTT; tells the line."""

    code = "bad_subtitles"


class NotCounted(Conflict):
    """This recording is played elsewhere, where nobody can verify what is watched."""

    code = "not_counted"
