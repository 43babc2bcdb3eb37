"""What the shared mentions carry in `Mention.value`: one small type per label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(slots=True)  # not frozen: that would take three times as long to make, and a text has hundreds
class Quantity:
    """Value of a `quantity` mention: a number with a unit, its modifiers inside the mention's span.

    `number` and `unit_text` are as printed; `value`, `lower`, `upper` are in `unit` (canonical, GUIDELINES section 2). A range has `value`
    None and both bounds. `number_start`/`number_end` are the span of number + unit without modifiers.
    """

    kind: str
    number: str
    unit_text: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    approximation: str
    number_start: int
    number_end: int


@dataclass(slots=True)  # not frozen: that would take three times as long to make, and a text has hundreds
class Period:
    """Value of a `date` mention: inclusive days, None where open or unknown.

    `grain` is the printed precision (day, decade旬, month, quarter, half, year, plan 五年规划, season, span). `mode` says how the expression
    bounds time: `in` (9月, 上半年, 今年1至6月), `by` (9月底前, 年底, 到2025年), `since` (7月1日起, 2021年以来), `until_now` (截至目前).
    `iso` is the date at its printed precision (2021-11; 2022-09-30), None when the year is unknown.
    """

    from_: date | None
    to: date | None
    grain: str
    mode: str
    iso: str | None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Value of a `place` mention: an administrative division; `adcode` None when several fit and nothing decides."""

    adcode: str | None
    name: str
    level: str  # province, city, county, township, zone, other


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """Value of an `organization` mention: the name as printed and its class (党委 party, government, congress, cppcc, court, zone, company …)."""

    name: str
    klass: str


@dataclass(frozen=True, slots=True)
class PostName:
    """Value of a `post` mention: organization (None when not printed), title, state as in `records.PostState`."""

    organization: str | None
    title: str
    state: str
    public: bool  # a public post makes an official; a company's or a society's does not


@dataclass(frozen=True, slots=True)
class PersonName:
    """Value of a `person` mention: the name without spaces; `kind` as in `records.PersonKind`, "official", or None when nothing tells."""

    name: str
    kind: str | None
