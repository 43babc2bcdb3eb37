"""Interview turns: who speaks from where to where («记者:…», «王熊骅:…»)."""

from __future__ import annotations

from ljnews.records import Turn


def turns(string: str) -> list[Turn]:
    """Return the turns of an interview, none for any other text."""
    import re

    head = re.compile(r"^[ \u3000]*((?:记者|问|答|主持人|[\u4e00-\u9fff·]{2,4}))[::]", re.M)
    heads = [m for m in head.finditer(string)]
    speakers = {m.group(1) for m in heads}
    if not speakers & {"记者", "问", "主持人"} or len(heads) < 2:
        return []
    ends = [m.start() for m in heads[1:]] + [len(string)]
    return [Turn(speaker=m.group(1), start=m.end(), end=end) for m, end in zip(heads, ends, strict=True)]
