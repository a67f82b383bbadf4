"""The library as its readers see it: topics, lessons, search, bookmarks, progress."""
