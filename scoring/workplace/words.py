"""What a rule says where a scenario has no words of its own."""

from collections.abc import Iterable, Mapping
from typing import Final

from scoring.workplace.course import Words

TOO_EARLY: Final[Words] = {
    "ru": "Рано: прежде нужно сделать другое.",
    "en": "Too early: something else comes first.",
}
MUST_WAIT: Final[Words] = {
    "ru": "Рано: нужно выждать.",
    "en": "Too early: some time has to pass.",
}
SECOND_PERSON: Final[Words] = {
    "ru": "Это делает или подтверждает другой человек.",
    "en": "Somebody else does or confirms this.",
}

HINTS: Final[Mapping[str, Words]] = {
    "report": {"ru": "Присмотритесь: {}.", "en": "Look closer: {}."},
    "assess": {"ru": "Опишите, что нашли: {}.", "en": "Say what you have found: {}."},
    "step": {"ru": "Следующий шаг: {}", "en": "The next step: {}"},
    "wait": {"ru": "Нужно выждать.", "en": "Some time has to pass."},
    "wear": {"ru": "Подберите защиту: {}", "en": "Choose the protection: {}"},
    "measure": {"ru": "Измерьте: {}", "en": "Measure: {}"},
    "conclude": {"ru": "Сделайте вывод: {}", "en": "Draw the conclusion: {}"},
    "mark": {"ru": "Проверьте документ: {}", "en": "Check the document: {}"},
    "decide": {"ru": "Примите решение: {}", "en": "Decide: {}"},
}
"""By the kind of action that comes next; filled with the name of what it is about."""


def hint(kind: str, about: Words) -> Words:
    """Return the hint at an action of that kind about something."""
    return {language: text.format(about[language]) for language, text in HINTS[kind].items()}


def joined(texts: Iterable[Words | None]) -> Words | None:
    """Return the texts one after the other, None where there is none."""
    told = [one for one in texts if one is not None]
    if not told:
        return None
    return {language: " ".join(one[language] for one in told) for language in ("ru", "en")}
