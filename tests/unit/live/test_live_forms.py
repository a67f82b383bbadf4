"""The short way of reading what clients send says what marshmallow says, or leaves it to it."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate, validates

from psot.course.schemas import AnswerSchema, AwaySchema, EchoSchema, LookSchema
from psot.live.forms import Form

RACE = "7d9f6f6e-3c55-4b3f-9f57-0a5f7b7d1c11"
FITS: dict[str, Any] = {"race": RACE, "seat": "s", "probe": "p", "task": 3, "option": "o"}


class Hooked(EchoSchema):
    """What is read is changed afterwards."""

    @post_load
    def shout(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Return other words."""
        return {**data, "probe": data["probe"].upper()}


class Checked(EchoSchema):
    """A field is judged by a method."""

    @validates("probe")
    def no_p(self, value: str, **_: Any) -> None:
        """Refuse a word."""
        if value == "p":
            raise ValidationError("No p.")


class Renamed(Schema):
    """A field that is called otherwise by those who send it."""

    seat = fields.String(data_key="probe", required=True)


class Kept(Schema):
    """A field that is called otherwise by those who read it."""

    seat = fields.String(attribute="probe", required=True)


class Loud(Schema):
    """A field that is changed after it is read."""

    probe = fields.String(required=True, post_load=str.upper)


class Made(Schema):
    """A field that is made anew where nobody sends it."""

    probe = fields.String(load_default=lambda: "made")


class Nullable(Schema):
    """A field that may be nothing."""

    probe = fields.String(required=True, allow_none=True)


class Optional(Schema):
    """A field that stays away."""

    probe = fields.String()


class Trimmed(Schema):
    """A field that is changed before it is read."""

    probe = fields.String(required=True, pre_load=lambda said: str(said).strip())


class Lenient(Schema):
    """What is not known is left out."""

    class Meta:
        """How it is read."""

        unknown = EXCLUDE

    probe = fields.String(required=True)


class Word(fields.String):
    """A word without its ends: a class that says itself what fits."""

    def _deserialize(self, value: Any, *rest: Any, **named: Any) -> Any:
        return super()._deserialize(value, *rest, **named)[1:-1]


class Special(Schema):
    """A field of a class of its own."""

    probe = Word(required=True)


class Numbers(Schema):
    """Whole numbers, strict and not."""

    task = fields.Integer(load_default=7, validate=validate.Range(min=1, max=9))
    seat = fields.Integer(required=True, strict=True)


SHORT = (LookSchema, AnswerSchema, AwaySchema, EchoSchema, Numbers, Nullable, Optional, Lenient)
LONG = (Hooked, Checked, Renamed, Kept, Loud, Made, Trimmed, Special)

values: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [RACE, RACE.upper(), f"{{{RACE}}}", RACE.replace("-", ""), "", " p ", "x" * 65]
    ),
    st.text(max_size=3),
    st.sampled_from([None, True, 3.0, 3.5, "3", 0, 3, 10_001, [], {}, ["p"]]),
    st.integers(),
)
payloads = st.dictionaries(st.sampled_from([*FITS, "more"]), values, max_size=6) | st.dictionaries(
    st.sampled_from([*FITS, "more"]), values, max_size=2
).flatmap(
    lambda odd: st.sets(st.sampled_from(list(FITS))).map(
        lambda away: {name: one for name, one in {**FITS, **odd}.items() if name not in away}
    )
)


def told(form: Schema | Form, sent: dict[str, Any]) -> Any:
    """Return what ``form`` says of ``sent``, with the types of all values."""
    try:
        loaded = form.load(sent)
    except ValidationError as error:
        return error.messages_dict
    return {name: (type(one), one) for name, one in loaded.items()}


@pytest.mark.parametrize("schema", [*SHORT, *LONG])
@given(sent=payloads)
@example(sent={})
@example(sent={**FITS, "probe": " p "})
@example(sent={**FITS, "probe": None})
def test_it_says_what_the_schema_says(schema: type[Schema], sent: dict[str, Any]) -> None:
    of_schema = {name: one for name, one in sent.items() if name in schema().fields}
    for one in (sent, of_schema):
        assert told(Form(schema()), one) == told(schema(), one)


def test_what_plainly_fits_is_not_shown_to_the_schema() -> None:
    class Deaf(AnswerSchema):
        def load(self, *_: Any, **__: Any) -> Any:
            raise AssertionError("asked")

    assert Form(Deaf()).load(FITS) == {**FITS, "race": UUID(RACE)}
    assert Form(Deaf()).load({name: FITS[name] for name in FITS if name != "probe"})["probe"] == ""
    with pytest.raises(AssertionError, match="asked"):
        Form(Deaf()).load({**FITS, "task": 0})
