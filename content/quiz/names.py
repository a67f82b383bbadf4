"""A text in both languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Names:
    """A short text in the two languages of the product."""

    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English text for ``en``, the Russian one for everything else."""
        return self.en if language == "en" else self.ru
