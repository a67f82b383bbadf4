"""From the OpenAPI document to what the page shows: chapters, operations, fields, examples."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psot.api.contract import CONTRACTS, NAME
from psot.api.groups import GROUPS, Group

Spec = Mapping[str, Any]

EXAMPLES: dict[str, str] = {
    "slug": "electrical-safety",
    "season": "2026-Q4",
    "attempt": "0193f3c4-5b6a-7d21-9f00-1a2b3c4d5e6f",
    "race_id": "0193f3c4-8a10-7c52-8e11-5d4c3b2a1f0e",
    "run": "0193f3c4-9c21-7b63-8d04-6e5f4a3b2c1d",
    "projection": "ratings",
    "question": "electrical-03",
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A parameter or a field: its ``kind`` in words, and the ``shape`` it holds, if any."""

    name: str
    kind: str
    about: str
    required: bool
    shape: str = ""
    many: bool = False
    nullable: bool = False
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A status an operation answers, with the shape of its body."""

    status: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    scope: str
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[Answer, ...]
    curl: str

    @property
    def success(self) -> Answer:
        """Return the answer of a request that fits."""
        return next(one for one in self.answers if one.status.startswith("2"))

    @property
    def faults(self) -> list[str]:
        """Return the statuses of a request that does not fit."""
        return [one.status for one in self.answers if not one.status.startswith("2")]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A group with its operations."""

    group: Group
    operations: tuple[Operation, ...]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A schema: its name, what it is, its fields."""

    name: str
    about: str
    fields: tuple[Field, ...]


def chapters(spec: Spec, base_url: str) -> list[Chapter]:
    """Return the document's operations by group; examples call ``base_url``."""
    found: dict[str, list[Operation]] = {one.name: [] for one in GROUPS}
    for path, item in spec["paths"].items():
        for method, told in item.items():
            if method == "parameters":
                continue
            shared = item.get("parameters", [])
            found[told["tags"][0]].append(_operation(path, method, told, shared, base_url))
    return [
        Chapter(group=group, operations=tuple(found[group.name]))
        for group in GROUPS
        if found[group.name]
    ]


def shapes(spec: Spec) -> list[Shape]:
    """Return every schema of the document by name."""
    return [
        Shape(
            name=name,
            about=told.get("description", ""),
            fields=tuple(
                _field(field, inner, required=field in told.get("required", ()))
                for field, inner in told.get("properties", {}).items()
            ),
        )
        for name, told in sorted(spec["components"]["schemas"].items())
    ]


def _operation(
    path: str, method: str, told: Mapping[str, Any], shared: list[Any], base_url: str
) -> Operation:
    parameters = tuple(
        _field(one["name"], one["schema"], required=one["required"], place=one["in"], outer=one)
        for one in [*shared, *told.get("parameters", [])]
    )
    body = _reference(_json(told.get("requestBody", {})))
    scope = CONTRACTS[f"{NAME}.{told['operationId']}"].scope
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        about=told.get("description", ""),
        scope=scope,
        parameters=parameters,
        body=body,
        answers=tuple(_answers(told["responses"])),
        curl=_curl(method, path, body, base_url, token=bool(scope)),
    )


def _answers(responses: Mapping[str, Any]) -> Iterator[Answer]:
    for status, told in sorted(responses.items()):
        yield Answer(status=status, shape=_reference(_json(told)) or "Error")


def _json(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = (
        holder.get("content", {}).get("application/json", {}).get("schema", {})
    )
    return schema


def _reference(schema: Mapping[str, Any]) -> str:
    """Return the name of the schema that ``schema`` points to, if any."""
    direct = schema.get("$ref", "")
    if direct:
        return str(direct).rpartition("/")[2]
    for word in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(word, []):
            if "$ref" in one:
                return _reference(one)
    return ""


def _field(
    name: str,
    schema: Mapping[str, Any],
    *,
    required: bool,
    place: str = "",
    outer: Mapping[str, Any] | None = None,
) -> Field:
    many = schema.get("type") == "array"
    inner: Mapping[str, Any] = schema["items"] if many else schema
    return Field(
        name=name,
        kind=kind_of(inner),
        about=schema.get("description", "") or (outer or {}).get("description", ""),
        required=required,
        shape=_reference(inner),
        many=many,
        nullable=_nullable(schema),
        place=place,
    )


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return the type of ``schema`` with its bounds, such as ``integer 1…200``.

    >>> kind_of({"type": "integer", "minimum": 1, "maximum": 200})
    'integer 1…200'
    >>> kind_of({"type": ["string", "null"], "format": "uuid"})
    'uuid'
    """
    kinds = schema.get("type", "object")
    plain = next((one for one in kinds if one != "null"), "") if isinstance(kinds, list) else kinds
    name = str(schema.get("format", plain))
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        name += f" {low}…{high}"
    if "enum" in schema:
        name += " " + " | ".join(str(one) for one in schema["enum"])
    return name


def _nullable(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds:
        return True
    return any(one.get("type") == "null" for one in schema.get("anyOf", []))


def _curl(method: str, path: str, body: str, base_url: str, *, token: bool) -> str:
    address = path
    for name, value in EXAMPLES.items():
        address = address.replace("{" + name + "}", value)
    lines = [f"curl {base_url}{address}"]
    if token:
        lines.append('  -H "Authorization: Bearer $PSOT_TOKEN"')
    if method != "get":
        lines[0] = lines[0].replace("curl ", f"curl -X {method.upper()} ")
    if body:
        lines.append('  -H "Content-Type: application/json"')
        lines.append(f"  -d '{json.dumps(BODIES[body], ensure_ascii=False)}'")
    return " \\\n".join(lines)


BODIES: dict[str, dict[str, Any]] = {
    "AnswerBody": {"question": "electrical-03", "response": ["a"]},
    "RegistrationBody": {"experience": "newcomer", "employer": "large_company"},
    "StartBody": {"mode": "check", "topic": "electrical"},
    "EnterBody": {},
    "LookBody": {"seat": "b7x0Zq3T"},
    "RaceAnswerBody": {"seat": "b7x0Zq3T", "task": 3, "option": "68e9c4375a1b20fd"},
    "ReplayBody": {"projection": "ratings", "seqs": [17]},
}
