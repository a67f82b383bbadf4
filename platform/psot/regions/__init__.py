"""Regions: the map, the story of each region, and what may be taken along."""
