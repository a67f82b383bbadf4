"""GIFT: questions as lines of text, as Moodle documents it."""
