"""A user's own component that misbehaves on command, found by its entry point like any other, and pages that name its deeds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ljnews import resources

COMPONENT = '''
import ctypes, time
from spacy.language import Language

class Poison:
    """Does what a text says: raises, hangs in Python or in C, eats memory, crashes, or works slowly."""

    def __call__(self, doc):
        text = doc.user_hooks["ljnews"].string
        if "【异常】" in text:
            raise RuntimeError("a component of the user's own fails")
        if "【死循环】" in text:
            while True:
                pass
        if "【长睡】" in text:
            while True:
                time.sleep(60)
        if "【C循环】" in text:
            sum(range(10**13))
        if "【吃内存】" in text:
            held = []
            while True:
                held.append(bytearray(1 << 27))
        if "【段错误】" in text:
            ctypes.string_at(0)
        if "【慢】" in text:
            time.sleep(0.04)
        return doc

@Language.factory("poison")
def make(nlp, name):
    return Poison()
'''


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline config: the default, with the misbehaving component after it."""
    folder = tmp_path_factory.mktemp("component")
    (folder / "ljnews_poison.py").write_text(COMPONENT, encoding="utf-8")
    told = folder / "ljnews_poison-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: ljnews-poison\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[spacy_factories]\npoison = ljnews_poison:make\n")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    config = Path(resources.path("pipelines/default.cfg")).read_text(encoding="utf-8")
    config = config.replace("pipeline = [", 'pipeline = ["poison",', 1) + '\n[components.poison]\nfactory = "poison"\n'
    path = folder / "poisoned.cfg"
    path.write_text(config, encoding="utf-8")
    return str(path)
