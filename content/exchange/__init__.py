"""Question banks of others: in with an account of every loss, and out again."""

from content.exchange.finishing import Imported
from content.exchange.formats import Format, import_questions
from content.exchange.gift.writer import write as export_gift
from content.exchange.giving import Exported
from content.exchange.limits import LIMITS, ImportRefused, Limits
from content.exchange.losses import Entry, Loss, LossReport, Outcome
from content.exchange.moodle_xml.writer import write as export_moodle_xml
from content.exchange.reasons import REFUSALS, WHY

__all__ = [
    "LIMITS",
    "REFUSALS",
    "WHY",
    "Entry",
    "Exported",
    "Format",
    "ImportRefused",
    "Imported",
    "Limits",
    "Loss",
    "LossReport",
    "Outcome",
    "export_gift",
    "export_moodle_xml",
    "import_questions",
]
