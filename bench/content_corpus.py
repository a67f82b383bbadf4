"""What `bench/content.py` measures with: words as people use them, questions, passages, queries.

Words are those of the start pack, Russian and English, the most used first, with made-up rare forms
behind them; they are drawn by Zipf's law, so that a few stand in nearly every text.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml

from content.quiz.loader import PACKS
from psot.library.search import Passage

TOPICS = 40
RARE = 40_000
COMMON = 60
ENGLISH_SHARE = 0.12
ENDINGS = ("", "а", "ов", "ами", "ный", "ного", "ность", "ения", "ировать", "щик", "овка", "ствие")
KINDS = (("lesson", 6), ("norm", 2), ("memo", 1), ("question", 8), ("recording", 3))
"""Kinds of what is searched, with how often each comes."""

Document = tuple[str, str, str | None, Sequence[Passage]]
Asked = tuple[str, str]
"""The class of a query, and the query."""


@dataclass
class Words:
    """Draws words; the first of ``known`` are the most used."""

    random: Random
    known: list[str] = field(default_factory=list)
    _weights: list[float] = field(default_factory=list)

    @classmethod
    def of_the_start_pack(cls, seed: int) -> "Words":
        """Return the vocabulary of the start pack with rare words behind it."""
        made = cls(random=Random(seed))  # noqa: S311 - the same figures again
        counted: Counter[str] = Counter()
        for path in sorted((PACKS / "start").rglob("*")):
            if path.suffix in {".yaml", ".md"}:
                counted.update(re.findall(r"[а-яё]{2,}|[a-z]{4,}", path.read_text().lower()))
        made.known = [word for word, _ in counted.most_common()]
        stems = [word[:-2] for word in made.known if len(word) > 6]  # noqa: PLR2004 - long ones
        rare = {
            f"{made.random.choice(stems)}{made.random.choice(stems)[:4]}{ending}"
            for _ in range(RARE // len(ENDINGS))
            for ending in ENDINGS
        }
        made.known += sorted(rare - set(made.known))
        made._weights = list(accumulate(1 / rank for rank in range(1, len(made.known) + 1)))
        return made

    def draw(self, count: int) -> list[str]:
        """Return ``count`` words."""
        return self.random.choices(self.known, cum_weights=self._weights, k=count)

    def text(self, shortest: int, longest: int) -> str:
        """Return sentences of so many words altogether."""
        left, sentences = self.random.randint(shortest, longest), []
        while left > 0:
            words = self.draw(min(left, self.random.randint(6, 14)))
            left -= len(words)
            sentences.append(" ".join(words).capitalize() + ".")
        return " ".join(sentences)


def write_pack(folder: Path, words: Words, questions: int) -> None:
    """Write a pack of ``questions`` questions of five kinds in 40 topics, each with a lesson."""
    topics = [f"field_{number}" for number in range(TOPICS)]
    names = {topic: words.text(2, 3).rstrip(".") for topic in topics}
    _write(
        folder / "pack.yaml",
        {
            "id": "bench",
            "version": 1,
            "language": "ru",
            "licence": "CC0-1.0",
            "as_of": "2026-11-01",
            "sources": ["made up"],
            "topics": [{"id": one, "name": {"ru": names[one], "en": one}} for one in topics],
        },
    )
    quiz = {
        "slug": "bench-quick",
        "version": 1,
        "topic": topics[0],
        "title": {"ru": "Быстро", "en": "Quickly"},
        "intro": {"ru": "Для измерений.", "en": "For measuring."},
        "questions": [f"{topics[0]}-{number:02d}" for number in range(1, 6)],
    }
    _write(folder / "quizzes.yaml", {"quizzes": [quiz]})
    for topic in topics:
        rows = [_question(words, topic, number) for number in range(questions // TOPICS)]
        _write(folder / "questions" / f"{topic}.yaml", {"questions": rows})
        lesson = folder / "lessons" / f"{topic}.md"
        lesson.parent.mkdir(exist_ok=True)
        lesson.write_text(_lesson(words, names[topic]), encoding="utf-8")


def change_questions(folder: Path, count: int) -> None:
    """Change the explanations of the first ``count`` questions of a written pack."""
    path = folder / "questions" / "field_0.yaml"
    rows = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    for row in rows["questions"][:count]:
        row["explanation"] += " Изменено."
    _write(path, rows)


def documents(words: Words, count: int) -> Iterator[Document]:
    """Give ``count`` documents of one passage each, of every kind that is searched."""
    kinds, weights = [kind for kind, _ in KINDS], [often for _, often in KINDS]
    for number in range(count):
        passage = Passage(anchor="", title=words.text(2, 6).rstrip("."), text=words.text(20, 110))
        (kind,) = words.random.choices(kinds, weights)
        yield kind, f"bench-{number}", f"field_{number % TOPICS}", [passage]


def queries(words: Words, texts: Sequence[str], count: int) -> list[Asked]:
    """Return ``count`` different queries, a fifth of each class; phrases stand in ``texts``."""
    random = words.random
    makers: dict[str, Callable[[], str]] = {
        "common": lambda: random.choice(words.known[: 2 * COMMON]),
        "two words": lambda: " ".join(random.sample(words.known[:2_000], 2)),
        "phrase": lambda: f'"{_phrase(random, random.choice(texts))}"',
        "beginning": lambda: random.choice(words.known[:8_000])[:4],
        "rare or none": lambda: random.choice(words.known[9_000:]) + random.choice(("", "", "ъщъ")),
    }
    found: dict[str, str] = {}
    for kind, make in makers.items():
        wanted = len(found) + count // len(makers)
        while len(found) < wanted:
            found.setdefault(make(), kind)
    return [(kind, asked) for asked, kind in found.items()]


def _phrase(random: Random, text: str) -> str:
    words = re.findall(r"\w+", text)
    start = random.randrange(len(words) - 2)
    return " ".join(words[start : start + 2])


def _question(words: Words, topic: str, number: int) -> dict[str, object]:
    kind = ("single", "single", "multiple", "truefalse", "numeric", "text")[number % 6]
    texts = {letter: f"{words.text(3, 9)[:-1]} ({letter})" for letter in "abcd"}
    own: dict[str, dict[str, object]] = {
        "single": {"options": texts, "correct": ["a"], "why": {"b": words.text(4, 10)}},
        "multiple": {"options": texts, "correct": ["a", "c"]},
        "truefalse": {"correct": number % 2 == 0},
        "numeric": {"answer": number, "tolerance": 0, "unit": ""},
        "text": {"accept": [words.draw(1)[0]]},
    }
    return {
        "id": f"{topic}-{number + 1:02d}",
        "version": 1,
        "kind": kind,
        "difficulty": number % 3 + 1,
        "text": words.text(8, 25)[:-1] + f" ({number})?",
        **own[kind],
        "explanation": words.text(12, 30),
        "source": {
            "act": "Правила для измерений",
            "ref": f"п. {number}",
            "verified": "one",
            "urls": ["https://example.org/rules"],
        },
    }


def _lesson(words: Words, title: str) -> str:
    front = yaml.safe_dump(
        {
            "title": {"ru": title, "en": title},
            "version": 1,
            "summary": {"ru": words.text(8, 12), "en": "Made up."},
        },
        allow_unicode=True,
    )
    parts = [f"## {words.text(2, 4)[:-1]} {n}\n\n{words.text(120, 200)}\n" for n in range(8)]
    return f"---\n{front}---\n\n" + "\n".join(parts)


def _write(path: Path, data: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
