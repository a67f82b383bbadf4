"""Every table, imported in one place: what migrations compare the database with."""

from psot.api import models as api
from psot.database import Base
from psot.learning import models as learning
from psot.ledger import models as ledger
from psot.members import models as members
from psot.ratings import models as ratings

__all__ = ["Base", "api", "learning", "ledger", "members", "ratings"]
