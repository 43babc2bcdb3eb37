"""Whether a forgotten name is forgotten where it is an official's too."""

from __future__ import annotations

from ljnews.store.migrations import run

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; names forgotten before are forgotten everywhere, as they were."""
    run("0004_forgotten")


def downgrade() -> None:
    """Drop the column."""
    run("0004_forgotten.down")
