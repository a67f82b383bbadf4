"""The catalogue of projections: everything that facts turn into, in one list."""

from psot.ledger import Catalogue

CATALOGUE = Catalogue(())
