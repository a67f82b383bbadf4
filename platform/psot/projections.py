"""The catalogue of projections: everything that facts turn into, in one list."""

from psot.achievements.projections import ACHIEVEMENTS
from psot.items.projections import ITEMS
from psot.ledger import Catalogue
from psot.numbers.projections import NUMBERS
from psot.ratings.projections import RATINGS
from psot.standings.projections import STANDINGS
from psot.study.projections import STUDY

CATALOGUE = Catalogue((ACHIEVEMENTS, ITEMS, NUMBERS, RATINGS, STANDINGS, STUDY))
