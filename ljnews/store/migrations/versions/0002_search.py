"""Full-text search."""

from __future__ import annotations

from ljnews.store.migrations import run

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    run("0002_search")


def downgrade() -> None:
    """Drop them."""
    run("0002_search.down")
