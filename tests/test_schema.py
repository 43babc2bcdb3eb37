"""Schemas and codebook are what the record models say."""

from __future__ import annotations

import json

import pytest

from ljnews import records
from ljnews.run import schema
from tests.conftest import ROOT


def test_schema_checked_in_files_have_not_drifted() -> None:
    assert schema.drift(ROOT) == [], "run `ljnews schema` and commit what it writes"


@pytest.mark.parametrize(
    "model", [m for m in vars(records).values() if isinstance(m, type) and issubclass(m, records.Model) and m is not records.Model]
)
def test_schema_every_record_field_is_described(model: type[records.Model]) -> None:
    if model is records.Page:
        return
    bare = [name for name, field in model.model_fields.items() if not field.description]
    assert not bare, f"{model.__name__}: {bare} lack a description"


def test_schema_every_model_is_in_the_codebook() -> None:
    text = schema.codebook()
    models = [m for m in vars(records).values() if isinstance(m, type) and issubclass(m, records.Model)]
    missing = [m.__name__ for m in models if m not in (records.Model, records.Page) and f"## {m.__name__}\n" not in text]
    assert not missing


def test_schema_a_record_is_valid_json_schema(record_of) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema_json = json.loads((ROOT / "schemas" / "article_record.json").read_text(encoding="utf-8"))
    record = record_of("县长李明表示,力争项目于年底前建成,总投资10亿元。")
    jsonschema.validate(record, schema_json)
