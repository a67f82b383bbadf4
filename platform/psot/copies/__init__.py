"""Copies: a hot page is made once for all visitors who ask for it, and each gets an own token."""

from psot.copies.door import Copies
from psot.copies.making import install

__all__ = ["Copies", "install"]
