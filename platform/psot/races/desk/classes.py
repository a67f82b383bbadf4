"""The classes of a race: boards of their own by region, experience or type of employer."""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from content import regions
from psot.database import transaction
from psot.errors import Conflict, Invalid
from psot.races import operations, queries, wording
from psot.races.desk import reading
from psot.races.desk.door import blueprint, to, version
from psot.races.forms import title_field
from psot.races.startlist import LEG_CLASSES
from psot.races.values import CLASS_RULES, EMPLOYERS, EXPERIENCES, ClassView
from scoring.biathlon import Format

MOST_CLASSES = 100
LONGEST_TITLE = 60


class ClassForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A class of one's own: its title, and whose answers belong to it."""

    title = title_field()
    rule = SelectField(choices=[SelectChoice(one, one) for one in CLASS_RULES])
    legs = SelectField(
        choices=[SelectChoice(one, one) for one in ("", *LEG_CLASSES)],
        default="",
    )
    values = SelectMultipleField(
        lazy_gettext("Who belongs to it"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


def by_experience() -> list[ClassView]:
    """Return a class for each answer about experience."""
    return [
        ClassView(
            code=one,
            title={"newcomer": gettext("Newcomers"), "experienced": gettext("Experienced")}[one],
            rule="experience",
            values=(one,),
        )
        for one in EXPERIENCES
    ]


def by_employer() -> list[ClassView]:
    """Return a class for each type of employer."""
    return [
        ClassView(
            code=one.replace("_", "-"),
            title=str(wording.EMPLOYERS[one]),
            rule="employer",
            values=(one,),
        )
        for one in EMPLOYERS
    ]


def by_district() -> list[ClassView]:
    """Return a class for each federal district."""
    held: dict[str, list[str]] = {name: [] for name in regions.DISTRICTS_EN}
    for one in regions.all_regions():
        held[one.federal_district].append(one.code)
    locale = get_locale()
    english = locale is not None and locale.language == "en"
    return [
        ClassView(
            code=regions.DISTRICTS_EN[name].lower().replace(" ", "-"),
            title=gettext(
                "%(district)s district", district=regions.DISTRICTS_EN[name] if english else name
            ),
            rule="region",
            values=tuple(codes),
        )
        for name, codes in held.items()
    ]


READY: dict[str, Callable[[], list[ClassView]]] = {
    "experience": by_experience,
    "employer": by_employer,
    "district": by_district,
}
"""Sets of classes to be had by one button."""


@blueprint.get("/organizer/races/<uuid:race_id>/classes")
def classes(race_id: UUID) -> str:
    """Show the classes of a race and ways to more."""
    return _page(race_id, None)


@blueprint.post("/organizer/races/<uuid:race_id>/classes/ready", endpoint="ready_classes")
def ready_classes(race_id: UUID) -> ResponseReturnValue:
    """Add a set of classes; those there already stay."""
    made = READY.get(request.form.get("set", ""))
    if made is None:
        return to("desk.classes", race_id)
    return _change(race_id, lambda known: [*known, *_new(made(), known)])


@blueprint.post("/organizer/races/<uuid:race_id>/classes", endpoint="add_class")
def add_class(race_id: UUID) -> ResponseReturnValue:
    """Add a class of one's own."""
    form = ClassForm()
    good = form.validate()
    if not form.values.data:
        form.values.errors = [gettext("Choose who belongs to the class.")]
    if not good or not form.values.data:
        return _page(race_id, form), 422

    def with_it(known: Sequence[ClassView]) -> list[ClassView]:
        made = ClassView(
            code=form.legs.data or _code(known),
            title=form.title.data.strip()[:LONGEST_TITLE],
            rule=form.rule.data,
            values=tuple(form.values.data),
        )
        # There is one class for the legs A and one for the legs B: a new one takes its place.
        return [*(one for one in known if one.code != made.code), made]

    return _change(race_id, with_it, form)


@blueprint.post("/organizer/races/<uuid:race_id>/classes/remove", endpoint="remove_class")
def remove_class(race_id: UUID) -> ResponseReturnValue:
    """Take a class away; its racers stay in the race."""
    code = request.form.get("code", "")
    return _change(race_id, lambda known: [one for one in known if one.code != code])


def _change(
    race_id: UUID,
    change: Callable[[Sequence[ClassView]], list[ClassView]],
    form: ClassForm | None = None,
) -> ResponseReturnValue:
    try:
        with transaction() as session:
            reading.desk(session, race_id)
            wanted = change(queries.classes(session, race_id))[:MOST_CLASSES]
            operations.set_classes(session, race_id, wanted, version=version())
    except Invalid as error:
        if form is None:
            flash(str(error.message), "warning")
            return to("desk.classes", race_id)
        sentences = [str(one) for told in error.fields.values() for one in told]
        form.form_errors = [*form.form_errors, *(sentences or [str(error.message)])]
        return _page(race_id, form), error.status
    except Conflict as error:
        flash(str(error.message), "warning")
    else:
        flash(gettext("Saved."), "success")
    return to("desk.classes", race_id)


def _page(race_id: UUID, form: ClassForm | None) -> str:
    with transaction() as session:
        desk = reading.desk(session, race_id)
        known = reading.classes_sized(session, race_id)
    districts: dict[str, list[regions.Region]] = {}
    for one in regions.all_regions():
        districts.setdefault(one.federal_district, []).append(one)
    return render_template(
        "desk/classes.html",
        desk=desk,
        race=desk.race,
        classes=known,
        form=form,
        districts=districts,
        ready=READY,
        legs=_legs(desk.race.rules),
    )


def _legs(rules: Format) -> dict[str, str]:
    """Return the numbers of the legs that a class of their own may race, by the class's code."""
    raced = {
        code: [str(number) for number, leg in enumerate(rules.legs, 1) if leg.racer_class == one]
        for code, one in LEG_CLASSES.items()
    }
    return {code: ", ".join(numbers) for code, numbers in raced.items() if numbers}


def _new(made: list[ClassView], known: Sequence[ClassView]) -> list[ClassView]:
    there = {one.code for one in known}
    return [one for one in made if one.code not in there]


def _code(known: Sequence[ClassView]) -> str:
    """Return a short name that no class has yet; it stands in addresses of boards."""
    taken = {int(one.code[1:]) for one in known if re.fullmatch(r"c[0-9]{1,4}", one.code)}
    return f"c{max(taken, default=0) + 1}"
