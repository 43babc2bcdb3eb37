"""Site files for the six papers of the loopback site, each a family's child: what a user would write."""

from __future__ import annotations

from pathlib import Path

_SITES = {
    "jiubao.test": ("asp_table", 'entry = ["http://jiubao.test:PORT/news/list.asp"]'),
    "shuzibao.test": ("founder", 'entry = ["http://shuzibao.test:PORT/html/{yyyy}-{mm}/{dd}/node_1.htm"]'),
    "zhengfu.test": (
        "trs",
        'entry = ["http://zhengfu.test:PORT/xw/"]\nitem = "ul.list li"\nlinks = "ul.list li a"\ndate = "span"\nsource = false',
    ),
    "dede.test": ("dede", 'entry = ["http://dede.test:PORT/a/xinwen/"]'),
    "dahan.test": (
        "jcms",
        'entry = ["http://dahan.test:PORT/col/col12/index.html"]\nfeeds = ["http://dahan.test:PORT/rss.xml"]\nsitemaps = ["robots"]',
    ),
    "m.shouji.test": ("mobile", 'entry = ["http://m.shouji.test:PORT/list"]'),
}


def write_sites(folder: Path, port: int) -> list[Path]:
    """Write the site files; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for host, (family, listing) in _SITES.items():
        path = folder / f"{host}.toml"
        path.write_text(f'name = "{host}"\nextends = "{family}"\n\n[listing]\n{listing.replace("PORT", str(port))}\n', encoding="utf-8")
        paths.append(path)
    return paths
