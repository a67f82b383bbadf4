"""Item analysis: what answers say about questions."""
