"""The common base of all models of a workspace, and pydantic's errors in our words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from orchestration.workspace.errors import Problem, did_you_mean, show

_NUMBER_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}

_EXPECTED_TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "invalid_key": "keys that are text; put a number used as a key in quotes",
    "model_type": "keys with values",
    "dict_type": "keys with values",
    "model_attributes_type": "keys with values",
}


class WorkspaceModel(BaseModel):
    """A part of the settings or a definition: immutable, and strict about its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _keys_without_value_take_their_default(cls, data: object) -> object:
        """A section whose keys are all commented out reads as null in YAML."""
        if not isinstance(data, Mapping):
            return data
        return {key: value for key, value in data.items() if value is not None}


@dataclass(frozen=True)
class KeyProblem:
    """A problem at a key below the model that found it.

    Attributes:
        key: Dotted key below the model.
        given: The value found there.
        accepted: What would be accepted.
        what: What is wrong, when the given value does not say it.
    """

    key: str
    given: object
    accepted: str
    what: str = ""


class InvalidKeys(ValueError):  # noqa: N818 (pydantic wants a ValueError; users never see it)
    """Raised in a model's validator to report several keys at once, each by its name."""

    def __init__(self, problems: Iterable[KeyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.accepted for problem in self.problems))


def problems_of(
    error: ValidationError, model: type[BaseModel], file: Path, item: str = ""
) -> list[Problem]:
    """Translate pydantic's errors into problems of a file.

    Args:
        error: What validation of `model` raised.
        model: The model that was validated.
        file: The file the data came from.
        item: The definition in that file, such as `goal 'purchase'`.

    Returns:
        One problem per error, with dotted keys.
    """
    found: list[Problem] = []
    for detail in error.errors(include_url=False):
        place = Problem(file, item=item, key=_dotted(detail["loc"]))
        found += _problems(detail, model, place)
    return found


def _problems(detail: ErrorDetails, model: type[BaseModel], place: Problem) -> list[Problem]:
    """Translate one error; a validator of ours may have reported several keys in it."""
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, InvalidKeys):
        return [
            replace(
                place,
                key=".".join(part for part in (place.key, problem.key) if part),
                what=problem.what,
                given="" if problem.given is None and problem.what else show(problem.given),
                accepted=problem.accepted,
            )
            for problem in cause.problems
        ]
    if detail["type"] == "extra_forbidden":
        return [_unknown_key(detail, model, place)]
    if detail["type"] == "missing":
        field = _field(model, detail["loc"])
        description = field.description if field else None
        return [replace(place, what="missing key", accepted=description or "a value")]
    accepted = _accepted(detail, _field(model, detail["loc"]))
    return [replace(place, given=show(detail["input"]), accepted=accepted)]


def _unknown_key(detail: ErrorDetails, model: type[BaseModel], place: Problem) -> Problem:
    """Name the keys there are, and the one that was probably meant."""
    parent = _model_at(model, detail["loc"][:-1]) or model
    names = list(parent.model_fields)
    hint = did_you_mean(str(detail["loc"][-1]), names)
    what = f"unknown key, {hint}" if hint else "unknown key"
    keys = "the keys " + ", ".join(names)
    return replace(place, what=what, given=show(detail["input"]), accepted=keys)


def _accepted(detail: ErrorDetails, field: FieldInfo | None) -> str:
    """Say what the key accepts, from the field where it tells more than the error."""
    if detail["type"] == "value_error":
        return str(detail.get("ctx", {}).get("error"))
    bounds = _bounds(field)
    if detail["type"] in _EXPECTED_TYPES:
        return " ".join(part for part in (_EXPECTED_TYPES[detail["type"]], bounds) if part)
    if bounds:
        return f"a number {bounds}"
    message = detail["msg"]
    return message.removeprefix("Input should be ").replace(" or ", ", ")


def _bounds(field: FieldInfo | None) -> str:
    """Both ends of a number's range, such as `at least 0.7 and at most 0.99`."""
    if field is None:
        return ""
    found = [
        f"{words} {getattr(bound, name)}"
        for bound in field.metadata
        for name, words in _NUMBER_BOUNDS.items()
        if hasattr(bound, name)
    ]
    return " and ".join(found)


def _dotted(location: tuple[int | str, ...]) -> str:
    """Write a location as a key, such as `variants[2].split`."""
    key = ""
    for part in _without_tags(location):
        separator = "." if key else ""
        key += f"[{part + 1}]" if isinstance(part, int) else f"{separator}{part}"
    return key


def _without_tags(location: tuple[int | str, ...]) -> list[int | str]:
    """Drop the tags of unions (`<Name>`), which are not in the user's file."""
    return [part for part in location if not str(part).startswith("<")]


def _field(model: type[BaseModel], location: tuple[int | str, ...]) -> FieldInfo | None:
    """The field that a location leads to, if it leads to one."""
    if not location:
        return None
    parent = _model_at(model, location[:-1])
    return None if parent is None else parent.model_fields.get(str(location[-1]))


def _model_at(model: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model that a location leads to: fields by name, members of a union by their tag."""
    here: object = model
    for part in location:
        if isinstance(part, int):
            continue
        if part.startswith("<"):
            models = {f"<{found.__name__}>": found for found in _models_in(here)}
            here = models.get(part)
        else:
            inside = next(iter(_models_in(here)), None)
            field = inside.model_fields.get(part) if inside else None
            here = field.annotation if field else None
    return next(iter(_models_in(here)), None)


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 (any type expression)
    """All models named in an annotation such as `tuple[Variant, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
