"""Moodle XML: a quiz of questions, each of a type of Moodle's."""
