"""Views over live facts."""

from __future__ import annotations

from ljnews.store.migrations import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    run("0003_views")


def downgrade() -> None:
    """Drop them."""
    run("0003_views.down")
