"""Ratings: facts become a rating of members and regions, kept ready for any board and any rank."""
