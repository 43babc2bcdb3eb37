"""`python -m ljnews.evaluate PRED GOLD... [--errors]`: the same as `ljnews evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path

from ljnews.evaluate.report import evaluate, lines

if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("-")]
    total, problems = evaluate(Path(arguments[0]), [Path(a) for a in arguments[1:]])
    sys.stdout.write("\n".join([*problems, *lines(total, errors="--errors" in sys.argv)]) + "\n")
