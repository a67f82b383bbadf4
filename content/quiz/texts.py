"""Marks in the text of a question."""

import re
from typing import Final

GAP: Final = re.compile(r"\{\{(p?[1-9][0-9]?)\}\}")
"""A gap to fill, such as ``{{1}}``; its group is the id."""
