"""The Report as JSON, in and out (数据约定): strict about types, forgiving about what is absent.

Numbers are read exactly, never as floats. Unknown keys become findings; wrong types stop the reading
with the place, the bound and what came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from assistant.domain.finding import Finding
from assistant.domain.register import finding
from assistant.domain.report import Report
from assistant.errors import InvalidReport

_BOUNDS = {
    "string_type": "应为文字（加引号）",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "tuple_type": "应为列表 […]",
    "model_type": "应为对象 {…}",
    "model_attributes_type": "应为对象 {…}",
    "dict_type": "应为对象 {…}",
}


class _Repeated(dict[str, Any]):
    """A JSON object that remembers which of its keys came twice."""

    repeated: tuple[str, ...] = ()


def report_from_json(text: str, name: str = "报告") -> tuple[Report, list[Finding]]:
    """Return the report and the findings about its keys (I05).

    `name` stands for the file in messages. Raises InvalidReport naming a place such as
    projects[0].funding[0].annual_budget, the bound, and what came.
    """
    data = _parsed(text, name)
    if not isinstance(data, dict):
        raise InvalidReport(name, "", "应为对象 {…}", _shortened(data))
    findings: list[Finding] = []
    known = _known_keys(data, Report, "", findings)
    try:
        return Report.model_validate(known), findings
    except ValidationError as error:
        raise _invalid(name, error) from None


def _parsed(text: str, name: str) -> Any:
    """Return the JSON value; InvalidReport says the line where it is no JSON."""
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_float=Decimal, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise InvalidReport(
            name, f"第 {error.lineno} 行第 {error.colno} 列", "应为 JSON", error.msg
        ) from None
    except (ValueError, RecursionError) as error:
        raise InvalidReport(name, "", "应为 JSON", _shortened(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> _Repeated:
    """Return a JSON object, the last of repeated keys counting."""
    made = _Repeated(pairs)
    keys = [key for key, _ in pairs]
    made.repeated = (
        tuple(sorted({key for key in keys if keys.count(key) > 1})) if len(made) < len(keys) else ()
    )
    return made


def _known_keys(
    data: Mapping[str, Any], model: type[BaseModel], place: str, findings: list[Finding]
) -> dict[str, Any]:
    """Return what of an object the contract knows; nulls are left out as absent values."""
    for key in getattr(data, "repeated", ()):
        findings.append(_about_key(f"{place}{key}", f"键“{place}{key}”出现了不止一次，以最后一个为准"))
    known = {}
    for key, value in data.items():
        field = model.model_fields.get(key)
        if field is None:
            findings.append(_about_key(f"{place}{key}", f"键“{place}{key}”不在约定之内，未被采用"))
        elif value is not None:
            known[key] = _known_value(value, _model_in(field.annotation), f"{place}{key}", findings)
    return known


def _known_value(value: Any, model: type[BaseModel] | None, place: str, findings: list[Finding]) -> Any:
    """Return a value with the unknown keys of the objects inside it taken out."""
    if model is None:
        return value
    if isinstance(value, dict):
        return _known_keys(value, model, f"{place}.", findings)
    if isinstance(value, list):
        return [_known_value(item, model, f"{place}[{n}]", findings) for n, item in enumerate(value)]
    return value


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, in a tuple or beside None; None for plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next((model for part in get_args(annotation) if (model := _model_in(part))), None)
    return None


def _about_key(place: str, message: str) -> Finding:
    """Return the finding about a key."""
    return finding("I05", message, remedy="请对照 zhiji schema 核对键名", place=place, observed=place)


def _invalid(name: str, error: ValidationError) -> InvalidReport:
    """Return the exception for the first thing that breaks the contract."""
    first = error.errors()[0]
    return InvalidReport(name, _place(first["loc"]), _bound(first), _shortened(first["input"]))


def _place(location: tuple[int | str, ...]) -> str:
    """Return a path such as projects[0].name."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".")


def _bound(error: Any) -> str:
    """Return in Chinese what would have been right."""
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "enum":
        return f"应为 {str(error['ctx']['expected']).replace(' or ', '、').replace(', ', '、')} 之一"
    return _BOUNDS.get(error["type"], str(error["msg"]))


def _shortened(value: Any) -> str:
    """Return what came, short enough for one line."""
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:60]}…"


def report_to_json(report: Report) -> str:
    """Return the report as indented JSON; reading it again gives an equal report."""
    return json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=2)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the contract (zhiji schema)."""
    made = Report.model_json_schema()
    top = made["$defs"]["Report"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": made["$defs"]}
