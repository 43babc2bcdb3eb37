"""Every error a user can meet, as one tree.

    LjnewsError
    ├── InputError            what was given cannot be read
    │   ├── InputMissing          no such file, folder or pattern
    │   ├── InputEmpty            nothing in it
    │   ├── InputBinary           not text and not a page
    │   ├── InputMalformed        a broken line, object or table (file, line)
    │   ├── InputTooLarge         over a cap (bytes, ratio, entries)
    │   └── ArchiveDamaged        bytes of an archive are not those that were written
    ├── LayoutError           a page that gives no article
    │   ├── NoArticle             no body text found in the page
    │   ├── PageRefused           over a cap of the pre-scan (tags, depth, attributes)
    │   └── CharsetError          bytes that no charset explains
    ├── FetchError            a page that could not be brought
    │   ├── AddressRefused        an address that must not be connected to
    │   ├── RobotsRefused         robots.txt forbids it
    │   ├── NeedsBrowser          a JavaScript shell
    │   ├── Blocked               a bot wall
    │   ├── LegacyTls             the server speaks only outdated TLS
    │   ├── LoginRequired         a login page
    │   ├── CertificateRefused    the certificate is another's, outdated or unknown
    │   ├── RedirectRefused       a loop, too many hops
    │   ├── PageMissing           the server says that the page is not there
    │   ├── NotAPage              a picture, a document, an unknown coding
    │   ├── PageTooLarge          over the cap of bytes
    │   ├── RobotsUnknown         robots.txt cannot be read: nothing is fetched until it can
    │   ├── HostPaused            the host asked for a rest, or failed too often: later
    │   └── FetchFailed           network, status or deadline
    ├── DataError             a data file of ours or of the user is wrong (file, line)
    │   ├── LexiconError
    │   ├── SiteError
    │   ├── JobError
    │   └── GoldError
    ├── StoreError            the output cannot be written or read
    │   ├── OutputExists
    │   ├── OutputUnwritable
    │   ├── StorageFull           no room left, or the disk fails
    │   ├── StoreUnreachable      the database server does not answer
    │   └── StoreMismatch         a schema, run or cursor that does not fit
    ├── WorkerError           a page that hung, crashed or ate memory in a worker
    └── UsageError            options that do not fit together

A message says what was expected, what was found and what to do, in one line.
"""

from __future__ import annotations

from typing import Any


class LjnewsError(Exception):
    """Base of all errors; `facts` holds what is known (input, url, stage, file, line, rule)."""

    retryable = False
    stage = "unknown"

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(" ".join(message.split()))
        self.facts = facts

    @property
    def message(self) -> str:
        """The one-line message."""
        return str(self.args[0])

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.message, self.facts))


def _rebuild(kind: type[LjnewsError], message: str, facts: dict[str, Any]) -> LjnewsError:
    """Rebuild an error after it crossed a process border."""
    return kind(message, **facts)


class InputError(LjnewsError):
    """What was given cannot be read."""

    stage = "input"


class InputMissing(InputError):
    """No such file, folder or pattern."""


class InputEmpty(InputError):
    """The input holds nothing."""


class InputBinary(InputError):
    """The input is neither text nor a page."""


class InputMalformed(InputError):
    """A broken line, object or table."""


class InputTooLarge(InputError):
    """The input is over a cap."""


class ArchiveDamaged(InputError):
    """Bytes of an archive are not those that were written."""


class LayoutError(LjnewsError):
    """A page that gives no article."""

    stage = "layout"


class NoArticle(LayoutError):
    """No body text was found in the page."""


class PageRefused(LayoutError):
    """The page is over a cap of the pre-scan."""


class CharsetError(LayoutError):
    """No charset explains the bytes."""


class FetchError(LjnewsError):
    """A page that could not be brought."""

    stage = "fetch"


class AddressRefused(FetchError):
    """The address must not be connected to."""


class RobotsRefused(FetchError):
    """robots.txt forbids the page."""


class NeedsBrowser(FetchError):
    """The page is a JavaScript shell."""


class Blocked(FetchError):
    """A bot wall answered."""


class LegacyTls(FetchError):
    """The server speaks only outdated TLS."""


class LoginRequired(FetchError):
    """A login page answered."""


class CertificateRefused(FetchError):
    """The certificate is another's, outdated or unknown."""


class RedirectRefused(FetchError):
    """A loop of redirects, or too many."""


class PageMissing(FetchError):
    """The server says that the page is not there."""


class NotAPage(FetchError):
    """A picture, a document, or a coding nobody asked for."""


class PageTooLarge(FetchError):
    """The page is over the cap of bytes."""


class RobotsUnknown(FetchError):
    """robots.txt cannot be read: nothing is fetched until it can."""

    retryable = True


class HostPaused(FetchError):
    """The host asked for a rest, or failed too often; later."""

    retryable = True


class FetchFailed(FetchError):
    """Network, status or deadline."""

    retryable = True


class DataError(LjnewsError):
    """A data file is wrong."""

    stage = "data"


class LexiconError(DataError):
    """A lexicon line is wrong."""


class SiteError(DataError):
    """A site file is wrong."""


class JobError(DataError):
    """A job file is wrong."""


class GoldError(DataError):
    """A gold file is wrong."""


class StoreError(LjnewsError):
    """The output cannot be written or read."""

    stage = "store"


class OutputExists(StoreError):
    """The output is there already."""


class OutputUnwritable(StoreError):
    """The output cannot be written."""


class StorageFull(StoreError):
    """No room is left, or the disk fails."""


class StoreUnreachable(StoreError):
    """The database server does not answer."""

    retryable = True


class StoreMismatch(StoreError):
    """A schema, run or cursor that does not fit the store."""


class WorkerError(LjnewsError):
    """A page hung, crashed or ate memory in a worker."""

    stage = "worker"


class UsageError(LjnewsError):
    """Options that do not fit together."""

    stage = "usage"
