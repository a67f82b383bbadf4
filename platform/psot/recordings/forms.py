"""The form of a recording: what its fields take, and the draft they make."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from psot.recordings import vtt
from psot.recordings.editing import LANGUAGES, Draft
from psot.recordings.errors import BadSubtitles
from psot.recordings.values import Chapter, RecordingView, Words
from psot.recordings.wording import clock_ms, clock_text

NEEDED = lazy_gettext("This is needed.")
LONGEST_TITLE = 160
LONGEST_TEXT = 4000


class Clock(StringField):  # type: ignore[misc]  # WTForms is untyped
    """A length such as 45:30, as milliseconds; an empty field is 0."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; raises ValueError in the reader's language."""
        text = valuelist[0].strip() if valuelist else ""
        found = clock_ms(text) if text else 0
        self.data = found or 0
        if found is None:
            raise ValueError(gettext("Write minutes and seconds, such as 45:30."))

    def _value(self) -> str:
        return clock_text(self.data) if self.data else ""


class RecordingForm(FlaskForm):  # type: ignore[misc]
    """Everything an editor says about a recording."""

    slug = StringField(
        lazy_gettext("Name in the address"),
        [InputRequired(NEEDED), Length(max=64), Regexp(r"[a-z0-9-]+$")],
    )
    title_ru = StringField(
        lazy_gettext("Title in Russian"), [InputRequired(NEEDED), Length(max=LONGEST_TITLE)]
    )
    title_en = StringField(lazy_gettext("Title in English"), [Length(max=LONGEST_TITLE)])
    about_ru = TextAreaField(lazy_gettext("Description in Russian"), [Length(max=LONGEST_TEXT)])
    about_en = TextAreaField(lazy_gettext("Description in English"), [Length(max=LONGEST_TEXT)])
    speaker_ru = StringField(lazy_gettext("Speaker, in Russian"), [Length(max=LONGEST_TITLE)])
    speaker_en = StringField(lazy_gettext("Speaker, in English"), [Length(max=LONGEST_TITLE)])
    topics = SelectMultipleField(lazy_gettext("Topics"), [Optional()])
    language = SelectField(
        lazy_gettext("Language spoken"),
        choices=[
            SelectChoice("ru", lazy_gettext("Russian")),
            SelectChoice("en", lazy_gettext("English")),
        ],
    )
    recorded_on = DateField(lazy_gettext("Day of the recording"), [InputRequired(NEEDED)])
    file = SelectField(lazy_gettext("File of the folder"), [Optional()], validate_choice=False)
    address = StringField(lazy_gettext("Or the address of a player elsewhere"), [Length(max=500)])
    length_ms = Clock(lazy_gettext("Length"))
    chapters = TextAreaField(lazy_gettext("Chapters"))
    subtitles_ru = FileField(lazy_gettext("Russian subtitles"))
    subtitles_en = FileField(lazy_gettext("English subtitles"))

    def validate_chapters(self, field: Any) -> None:
        """Refuse a line that is no chapter."""
        for number, line in enumerate(_lines(field.data), 1):
            if _chapter(line) is None:
                raise ValidationError(
                    gettext("Line %(number)s is no chapter: write 1:30 Title.", number=number)
                )

    def validate_subtitles_ru(self, field: Any) -> None:
        """Refuse what is no WebVTT."""
        _check_vtt(field)

    def validate_subtitles_en(self, field: Any) -> None:
        """Refuse what is no WebVTT."""
        _check_vtt(field)

    def offer(self, topics: Mapping[str, str], files: Iterable[str], chosen: str = "") -> None:
        """Let the editor choose from ``topics`` (name by id) and ``files``."""
        self.topics.choices = [SelectChoice(id_, name) for id_, name in topics.items()]
        known = sorted({*files, *([chosen] if chosen else [])})
        self.file.choices = [
            SelectChoice("", gettext("None yet")),
            *(SelectChoice(one, one) for one in known),
        ]

    def fill(self, found: RecordingView) -> None:
        """Show the recording ``found``."""
        for language in LANGUAGES:
            for name in ("title", "about", "speaker"):
                self[f"{name}_{language}"].data = getattr(found, name).texts.get(language, "")
        self.slug.data, self.language.data = found.slug, found.language
        self.topics.data, self.recorded_on.data = list(found.topics), found.recorded_on
        self.length_ms.data = found.length_ms
        embed = found.kind == "embed"
        self.address.data, self.file.data = (found.file, "") if embed else ("", found.file)
        self.chapters.data = "\n".join(
            " | ".join(
                filter(
                    None,
                    [
                        f"{clock_text(one.at_ms)} {one.title.texts.get('ru', '')}",
                        one.title.texts.get("en", ""),
                    ],
                )
            )
            for one in found.chapters
        )

    def draft(self, before: RecordingView | None) -> Draft:
        """Return what the form says; ``before`` is the recording as it stands, or None."""
        kept = before is not None and before.file == self.file.data
        return Draft(
            slug=self.slug.data,
            title=self._words("title"),
            about=self._words("about"),
            speaker=self._words("speaker"),
            topics=tuple(self.topics.data or ()),
            language=self.language.data,
            recorded_on=self.recorded_on.data,
            length_ms=self._length_ms(before),
            address=(self.address.data or "").strip(),
            root=before.root if before and kept and before.root else "own",
            file=self.file.data or "",
            poster=before.poster if before and kept else "",
            chapters=tuple(filter(None, (_chapter(line) for line in _lines(self.chapters.data)))),
            subtitles={
                language: vtt.decode(uploaded)
                for language in LANGUAGES
                if (uploaded := _bytes(self[f"subtitles_{language}"]))
            },
        )

    def _length_ms(self, before: RecordingView | None) -> int:
        """Return the length: what was not changed keeps its parts of a second."""
        typed: int = self.length_ms.data
        same = before is not None and clock_text(before.length_ms) == clock_text(typed)
        return before.length_ms if before and same else typed

    def _words(self, name: str) -> Words:
        texts = {one: (self[f"{name}_{one}"].data or "").strip() for one in LANGUAGES}
        return Words(texts={language: text for language, text in texts.items() if text})


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _chapter(line: str) -> Chapter | None:
    """Read ``1:30 Заголовок | Title``."""
    moment, _, rest = line.partition(" ")
    at_ms = clock_ms(moment)
    russian, _, english = (part.strip() for part in rest.partition("|"))
    if at_ms is None or not russian:
        return None
    texts = {"ru": russian, "en": english} if english else {"ru": russian}
    return Chapter(at_ms=at_ms, title=Words(texts=texts))


def _bytes(field: Any) -> bytes:
    """Return what was uploaded, b"" where nothing was; it can be read again."""
    if not getattr(field.data, "filename", ""):
        return b""
    field.data.stream.seek(0)
    read: bytes = field.data.stream.read(vtt.LARGEST_BYTES + 1)
    return read


def _check_vtt(field: Any) -> None:
    data = _bytes(field)
    if not data:
        return
    try:
        vtt.read(vtt.decode(data))
    except BadSubtitles as error:
        raise ValidationError(str(error.message)) from error
