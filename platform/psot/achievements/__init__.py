"""What a member has earned for good."""
