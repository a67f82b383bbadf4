"""Every table, imported in one place: what migrations compare the database with."""

from psot.api import models as api
from psot.course import models as course
from psot.database import Base
from psot.jury import models as jury
from psot.learning import models as learning
from psot.ledger import models as ledger
from psot.members import models as members
from psot.races import models as races
from psot.ratings import models as ratings
from psot.standings import models as standings

__all__ = [
    "Base",
    "api",
    "course",
    "jury",
    "learning",
    "ledger",
    "members",
    "races",
    "ratings",
    "standings",
]
