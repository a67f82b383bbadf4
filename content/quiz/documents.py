"""Reading one YAML file of a pack and holding it against its JSON Schema."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from content.quiz.problems import Problem

if yaml.__with_libyaml__:
    from yaml._yaml import CParser

SCHEMAS = Path(__file__).parents[1] / "schemas"
LARGEST_FILE_BYTES = 1_000_000
DEEPEST = 40
"""Collections inside one another."""

TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a set of fields",
}

# The text is cut into events by libyaml where it is there, which is several times faster. Composing
# stays in Python: libyaml's own would crash on nesting that Python refuses.
_LOADER: tuple[Any, ...] = (
    (Composer, SafeConstructor, Resolver, CParser) if yaml.__with_libyaml__ else (yaml.SafeLoader,)
)

MESSAGES: dict[str, Callable[[Any, str], str]] = {
    "type": lambda expected, _: f"must be {TYPES[expected]}",
    "enum": lambda expected, _: "must be one of " + ", ".join(expected),
    "pattern": lambda _, description: f"must be {description}",
    "format": lambda _, description: f"must be {description}",
    "minLength": lambda *_: "must not be empty",
    "maxLength": lambda expected, _: f"is longer than {expected} characters",
    "minItems": lambda expected, _: f"needs at least {expected}",
    "maxItems": lambda expected, _: f"takes at most {expected}",
    "minProperties": lambda expected, _: f"needs at least {expected}",
    "maxProperties": lambda expected, _: f"takes at most {expected}",
    "uniqueItems": lambda *_: "must not repeat an entry",
    "minimum": lambda expected, _: f"must be at least {expected}",
    "maximum": lambda expected, _: f"must be at most {expected}",
    "not": lambda *_: "does not belong here",
    "anyOf": lambda _, description: f"must be {description}",
}
"""What to say, by the keyword of the schema: of what it expects and how the schema describes it."""


# libyaml reads a large pack ten times faster; the rules are the same without it.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Parser):  # type: ignore[misc] # one of two classes
    """YAML of plain data only: no repeated fields."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the signature of the base class
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len(set(keys)) < len(keys):
            for number, key in enumerate(keys):
                if key in keys[:number]:
                    raise yaml.MarkedYAMLError(
                        problem=f"{key} is given twice",
                        problem_mark=node.value[number][0].start_mark,
                    )
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made


def _refuse_what_unfolds(text: str) -> None:
    """Raise MarkedYAMLError for references and for more nesting than any file of a pack has.

    Both could make a small text more than the memory or the stack holds; the events of a text are
    read without either.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Parser):
        if isinstance(event, yaml.AliasEvent):
            problem = "references are not allowed"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = "is nested too deep" if depth > DEEPEST else ""
        else:
            depth -= isinstance(event, yaml.CollectionEndEvent)
            problem = ""
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type] # libyaml's mark has the same line


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(
        json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def read_document(folder: Path, file: str, schema: str) -> tuple[Any, list[Problem]]:
    """Read ``file`` of ``folder`` and check it against ``schema``.

    Return its data and no problems, or None and every problem found.
    """
    text, problems = read_text(folder, file)
    return (None, problems) if text is None else parse(file, text, schema)


def read_text(folder: Path, file: str) -> tuple[str | None, list[Problem]]:
    """Return the text of ``file``, or None and what is wrong with it."""
    path = folder / file
    if not path.is_file():
        return None, [_whole(file, "is missing")]
    if path.stat().st_size > LARGEST_FILE_BYTES:
        return None, [_whole(file, f"is larger than {LARGEST_FILE_BYTES:,} bytes")]
    try:
        return path.read_text(encoding="utf-8"), []
    except UnicodeDecodeError:
        return None, [_whole(file, "is not UTF-8 text")]


def parse(file: str, text: str, schema: str) -> tuple[Any, list[Problem]]:
    """Return the data of YAML that holds against ``schema``, or None and every problem found."""
    data, problems = read_yaml(file, text)
    problems = problems or list(schema_problems(file, data, schema))
    return (None if problems else data), problems


def read_yaml(file: str, text: str) -> tuple[Any, list[Problem]]:
    """Return the plain data of YAML, or None and what is wrong with it."""
    try:
        _refuse_what_unfolds(text)
        # The loader is a SafeLoader made stricter: plain data, no objects.
        return yaml.load(text, Loader=_StrictLoader), []  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [_whole(file, f"line {line}: {error.problem}")]
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None, [_whole(file, "is not readable YAML")]


def schema_problems(file: str, data: Any, schema: str) -> Iterator[Problem]:
    """Hold ``data`` against ``schema`` and find every problem, in reading order."""
    errors = _validator(schema).iter_errors(data)
    for error in sorted(errors, key=_in_reading_order):
        subject, field = _place(data, list(error.absolute_path))
        yield Problem(file=file, subject=subject, field=field, message=_message(error))


def _in_reading_order(error: ValidationError) -> list[tuple[bool, str | int]]:
    return [(isinstance(part, str), part) for part in error.absolute_path]


def _message(error: ValidationError) -> str:
    say = MESSAGES.get(str(error.validator))
    if say is None:
        return error.message
    described = error.schema if isinstance(error.schema, dict) else {}
    return say(error.validator_value, described.get("description", ""))


def _place(data: Any, path: list[str | int]) -> tuple[str, str]:
    """Split a path into the entry it lies in, by its own name where it has one, and the field."""
    depth = 2 if len(path) > 1 and isinstance(path[1], int) else 0
    subject = ""
    if depth:
        entry = data[path[0]][path[1]]
        name = (entry.get("id") or entry.get("slug")) if isinstance(entry, dict) else None
        subject = str(name or f"{path[0]}[{path[1]}]")
    return subject, ".".join(str(part) for part in path[depth:])


def _whole(file: str, message: str) -> Problem:
    return Problem(file=file, subject="", field="", message=message)
