"""Every table, imported in one place: what migrations compare the database with."""

from psot.achievements import models as achievements
from psot.api import models as api
from psot.community import models as community
from psot.course import models as course
from psot.database import Base
from psot.items import models as items
from psot.jury import models as jury
from psot.learning import models as learning
from psot.ledger import models as ledger
from psot.library import models as library
from psot.members import models as members
from psot.numbers import models as numbers
from psot.officials import models as officials
from psot.races import models as races
from psot.rankings import models as rankings
from psot.ratings import models as ratings
from psot.reading import models as reading
from psot.recordings import models as recordings
from psot.regions import models as regions
from psot.seasons import models as seasons
from psot.standings import models as standings
from psot.study import models as study
from psot.workplace import models as workplace

__all__ = [
    "Base",
    "achievements",
    "api",
    "community",
    "course",
    "items",
    "jury",
    "learning",
    "ledger",
    "library",
    "members",
    "numbers",
    "officials",
    "races",
    "rankings",
    "ratings",
    "reading",
    "recordings",
    "regions",
    "seasons",
    "standings",
    "study",
    "workplace",
]
