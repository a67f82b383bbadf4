"""Lessons: from Markdown to a page without anything in it that could run."""

from content.lessons.rendering import Heading, Links, Passage, Rendered, render

__all__ = ["Heading", "Links", "Passage", "Rendered", "render"]
