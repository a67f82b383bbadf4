"""The forms of the community. What they let pass, the operations look at once more."""

import re
from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from psot.community.moderating import LONGEST_NOTE
from psot.community.values import REASONS
from psot.community.writing import ANSWER, QUESTION, TITLE
from psot.database import new_id
from psot.errors import Invalid

NEEDED = lazy_gettext("This is needed.")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Once(FlaskForm):  # type: ignore[misc]  # WTForms is untyped
    """A form that carries the id of what it makes, so that sent twice it makes it once."""

    id = HiddenField()

    def made(self) -> UUID:
        """Return the id; a new one where a page sent none that could be."""
        found = id_in(str(self.id.data or ""))
        if found is None:
            found = new_id()
            self.id.data = str(found)
        return found


class AskForm(Once):
    """A question to the community."""

    title = StringField(
        lazy_gettext("Your question in one line"),
        [InputRequired(NEEDED), Length(*TITLE)],
        description=lazy_gettext("For example: who keeps the register of microtraumas?"),
    )
    topic = SelectField(lazy_gettext("Topic"))
    text = TextAreaField(
        lazy_gettext("What you want to know"),
        [InputRequired(NEEDED), Length(*QUESTION)],
        description=lazy_gettext(
            "How it stands at your place, what you have found already. No names and no data of "
            "people, please."
        ),
    )

    def offer(self, topics: Mapping[str, str]) -> None:
        """Let the member choose from ``topics`` (name by id), or none of them."""
        self.topic.choices = [
            SelectChoice("", gettext("No topic of the library")),
            *(SelectChoice(id_, name) for id_, name in topics.items()),
        ]


class AnswerForm(Once):
    """An answer to a question."""

    text = TextAreaField(
        lazy_gettext("Your answer"),
        [InputRequired(NEEDED), Length(*ANSWER)],
        description=lazy_gettext(
            "Name the act and its paragraph if you can. Addresses beginning with https:// become "
            "links."
        ),
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why a post is reported or taken down."""

    reason = RadioField(
        lazy_gettext("What is wrong with it"),
        choices=[SelectChoice(word, label) for word, label in REASONS.items()],
        default="off_topic",
    )
    note = TextAreaField(lazy_gettext("In your words"), [Length(max=LONGEST_NOTE)])


class MergeForm(FlaskForm):  # type: ignore[misc]
    """Which question another one is the double of."""

    into = StringField(
        lazy_gettext("Address of the question that stays"),
        [InputRequired(NEEDED)],
    )


def id_in(said: str) -> UUID | None:
    """Return the id in an address or a text, None where there is none.

    >>> id_in("/questions/018f6f2a-0000-7000-8000-000000000001#answer")
    UUID('018f6f2a-0000-7000-8000-000000000001')
    """
    found = _UUID.search(said)
    return UUID(found[0]) if found else None


def show(form: FlaskForm, error: Invalid) -> None:
    """Put what an operation found wrong beside the fields of ``form``."""
    for name, messages in error.fields.items():
        field: Field = form[name]
        field.errors = [*field.errors, *messages]
