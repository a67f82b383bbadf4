"""The virtual workplace: scenarios walked, judged, debriefed; classes led by a trainer."""
