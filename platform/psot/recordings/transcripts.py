"""What was said, as text: paragraphs to read and passages to be found, made of the cues."""

from collections.abc import Sequence
from dataclasses import dataclass

from psot.recordings.models import Recording
from psot.recordings.values import Chapter, Cue, Words

PASSAGE_MS = 45_000
"""A passage of a recording without chapters holds about so much."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The cues of one chapter; ``title`` is None where a recording has no chapters."""

    at_ms: int
    title: Words | None
    cues: tuple[Cue, ...]


def parts(chapters: Sequence[Chapter], cues: Sequence[Cue]) -> list[Part]:
    """Return the transcript by chapters, those without a word left out."""
    if not chapters:
        return [Part(at_ms=0, title=None, cues=tuple(cues))] if cues else []
    made: list[Part] = []
    first = chapters[0].at_ms
    early = tuple(one for one in cues if one.from_ms < first)
    if early:
        made.append(Part(at_ms=0, title=None, cues=early))
    ends = [*(one.at_ms for one in chapters[1:]), 10**12]
    for chapter, end in zip(chapters, ends, strict=True):
        said = tuple(one for one in cues if chapter.at_ms <= one.from_ms < end)
        if said:
            made.append(Part(at_ms=chapter.at_ms, title=chapter.title, cues=said))
    return made


def passages(row: Recording, language: str, cues: Sequence[Cue]) -> list[tuple[str, str, str]]:
    """Return (anchor, title, text) of everything in ``language`` that a search may find.

    An anchor is ``t=`` and the second at which the passage begins; the first one has none.
    """
    title = row.title.get(language, "")
    about = row.about.get(language, "")
    found = [("", title, f"{about} {row.speaker.get(language, '')}".strip())] if title else []
    chapters = [
        Chapter(at_ms=one["at_ms"], title=Words(texts=one["title"])) for one in row.chapters
    ]
    for part in parts(chapters, cues):
        head = part.title.in_language(language) if part.title else title
        found += [
            (f"t={group[0].from_ms // 1000}", head, " ".join(one.text for one in group))
            for group in _groups(part.cues)
        ]
    return found


def _groups(cues: Sequence[Cue]) -> list[list[Cue]]:
    groups: list[list[Cue]] = []
    for cue in cues:
        if groups and cue.from_ms - groups[-1][0].from_ms < PASSAGE_MS:
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return groups
