"""What a `target` mention carries."""

from __future__ import annotations

from dataclasses import dataclass

from ljnews.text.mention import Mention


@dataclass(frozen=True, slots=True)
class Claim:
    """Value of a `target` mention. `outcomes` are quantity mentions, the main one first; `deadline` is a date mention, None for none."""

    kind: str
    strength: str
    outcomes: tuple[Mention, ...]
    deadline: Mention | None
    actor: str | None
