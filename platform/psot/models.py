"""Every table, imported in one place: what migrations compare the database with."""

from psot.database import Base
from psot.ledger import models as ledger

__all__ = ["Base", "ledger"]
