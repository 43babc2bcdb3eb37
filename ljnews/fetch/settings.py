"""How a crawl behaves: politeness, caps, safety. Every figure here is a default that a user may change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ljnews import __version__
from ljnews.errors import UsageError

MIB = 1 << 20

#: A crawl of more pages than this names somebody whom a site's administrator can write to.
PAGES_WITHOUT_CONTACT = 50


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of the fetch stage; seconds and bytes unless said.

    `allow_networks` opens address ranges that are refused otherwise (`127.0.0.0/8` for tests, `10.0.0.0/8` on an intranet).
    `state` is the folder where the politeness clock of every host is kept for all processes of this user (default: the folder that the
    variable LJNEWS_STATE names, else the user's state folder).
    """

    # Who we are.
    contact: str | None = None
    product: str = f"ljnews/{__version__}"
    # Politeness. `slow_factor`: a server that takes 3 s for an answer rests 3 s before the next question.
    delay: float = 2.0
    slow_factor: float = 1.0
    max_delay: float = 120.0
    crawl_delay_cap: float = 120.0
    retry_after_cap: float = 24 * 3600.0
    patience: float = 60.0
    hosts_at_once: int = 320
    state: Path | None = None
    # Caps of one page.
    deadline: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    max_bytes: int = 10 * MIB
    max_header_bytes: int = 64 * 1024
    robots_bytes: int = 512 * 1024
    redirects: int = 5
    # Retries and the circuit of a host.
    tries: int = 3
    try_seconds: float = 300.0
    retry_wait: float = 1.0
    circuit_fails: int = 5
    circuit_seconds: float = 300.0
    # Robots.
    robots_hours: float = 24.0
    robots_retry: float = 600.0
    robots_401: str = "allow"
    # Safety.
    allow_networks: tuple[str, ...] = ()
    allow_ports: tuple[int, ...] = ()
    ca_file: Path | None = None
    proxy: str | None = None
    # Bounds of a crawl.
    max_listing_pages: int = 2000
    no_new_pages: int = 2
    no_new_articles: int = 20
    max_pages_of_article: int = 30
    max_urls_per_host: int = 200_000
    refresh_days: int = 0
    warc_bytes: int = 1024 * MIB
    dry_run: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for name in ("delay", "slow_factor", "patience", "retry_wait"):
            if getattr(self, name) < 0:
                raise UsageError(f"{name} is {getattr(self, name)}; expected 0 or more")
        for name in ("deadline", "connect_timeout", "read_timeout", "max_bytes", "tries", "hosts_at_once", "warc_bytes"):
            if getattr(self, name) <= 0:
                raise UsageError(f"{name} is {getattr(self, name)}; expected more than 0")
        if self.robots_401 not in ("allow", "disallow"):
            raise UsageError(f"robots_401 is {self.robots_401!r}; expected 'allow' or 'disallow'")

    @property
    def user_agent(self) -> str:
        """The User-Agent header: the product and, where given, whom to write to.

        >>> Settings(contact="mailto:xinwen@example.org", product="ljnews/0.1").user_agent
        'ljnews/0.1 (+mailto:xinwen@example.org)'
        """
        if not self.contact:
            return self.product
        shown = "".join(c for c in self.contact if 32 < ord(c) < 127)
        if "@" in shown and ":" not in shown:
            shown = f"mailto:{shown}"
        return f"{self.product} (+{shown})"

    @property
    def robot_name(self) -> str:
        """The product token that robots.txt groups name."""
        return self.product.split("/", 1)[0].lower()

    def check_contact(self, pages: int | None) -> int | None:
        """Return the page budget: the one asked for, or 50 where no contact is set. More than 50 without a contact is refused."""
        if self.contact:
            return pages
        if pages is not None and pages > PAGES_WITHOUT_CONTACT:
            raise UsageError(
                f"{pages} pages without a contact: set one (--contact you@example.org), or take at most {PAGES_WITHOUT_CONTACT}"
            )
        return PAGES_WITHOUT_CONTACT if pages is None else pages
