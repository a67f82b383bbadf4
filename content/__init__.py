"""What is learned: questions and grading, packs of content, the regions of the country."""
