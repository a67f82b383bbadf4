"""The catalogue of projections: everything that facts turn into, in one list."""

from psot.ledger import Catalogue
from psot.ratings.projections import RATINGS

CATALOGUE = Catalogue((RATINGS,))
