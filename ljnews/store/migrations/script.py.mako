"""${message}."""

from __future__ import annotations

from ljnews.store.migrations import run

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """${message}."""
    run("NAME")


def downgrade() -> None:
    """Take it back."""
    run("NAME.down")
