"""Migrations of the schema (Alembic). A revision runs the SQL file of its name for the database at hand, and its reverse to go back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_VERSIONS = Path(__file__).with_name("versions")


def run(name: str) -> None:
    """Run the statements of `versions/NAME.DIALECT.sql` in the migration's transaction; they are separated by `;` and an empty line."""
    from alembic import op

    bind: Any = op.get_bind()
    dialect = "sqlite" if bind.dialect.name == "sqlite" else "postgres"
    text = (_VERSIONS / f"{name}.{dialect}.sql").read_text(encoding="utf-8")
    for statement in text.removesuffix(";\n").split(";\n\n"):
        bind.exec_driver_sql(statement.replace("%", "%%") if dialect == "postgres" else statement)
