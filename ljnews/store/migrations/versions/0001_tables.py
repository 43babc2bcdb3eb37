"""The tables of articles, facts, evidence and bookkeeping."""

from __future__ import annotations

from ljnews.store.migrations import run

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    run("0001_tables")


def downgrade() -> None:
    """Drop them."""
    run("0001_tables.down")
