"""The full name and the division of a post's organisation: 市委 in a Nanchong paper is 南充市委, 市长 is 南充市人民政府."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ljnews.lexicon import load
from ljnews.recognize import places
from ljnews.recognize.home import Home
from ljnews.recognize.titles import suffix_class
from ljnews.recognize.values import PlaceName, PostName

_LEVELS = {"省": "province", "市": "city", "州": "city", "盟": "city", "地": "city", "县": "county", "区": "county", "旗": "county"}
_OPENING_LEVEL = re.compile(
    r"^(?:中共)?([省市州盟县区旗])(?=[委政人纪监总工妇组宣统发财教公交住城农水林文卫审应市退医民司科经商自生招信机国体统扶乡妇法检中高级直属第]|[\u4e00-\u9fff]{2,}(?:局|委|办|中心|部|会|厅|院|处)$)"
)
_HEADS = re.compile(r"(省|市|州|盟|县|区|旗)长$")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡|苏木)")
# Bodies of the whole country and of other countries have no local place.
_NATIONAL = re.compile(r"国家|国务院|全国|中国|中共中央|中央|最高|中科院|[\u4e00-\u9fff]{2,6}部(?:$|党组|[\u4e00-\u9fff]{2,}[司局])")
_LOCAL = frozenset(("zone", "village", "police", "party", "government", "law", "congress", "cppcc", "mass"))
_LEADERS = re.compile(r"^([省市州盟县区旗]).*领导")
_ZONE = re.compile(r"^(?:[\u4e00-\u9fff]{0,6}?(?:新区|高新区|经开区|开发区|园区|度假区|管委会|党工委))")


@cache
def _countries() -> tuple[str, ...]:
    return tuple(load("countries").entries)


@lru_cache(maxsize=2048)
def full_address(post: PostName, home: Home) -> tuple[str | None, PlaceName | None]:
    """Return the organisation's full name and its division; (None, None) where nothing tells.

    >>> full_address(PostName("市委", "副书记", "current", True), Home("510000", "511300", None))[0]
    '南充市委'
    """
    if not post.public:
        return post.organization, None
    organization = post.organization
    if organization is None:
        return _of_head(post.title, home)
    named = _named_in(organization, home)
    if named is not None:
        full = organization
        if post.title.endswith("长") and organization == named.name and _HEADS.search(post.title):
            full = organization + "人民政府"
        elif _HEADS.search(post.title) and named.name.startswith(organization):
            full = named.name + "人民政府"
        return full, named
    match = _OPENING_LEVEL.match(organization)
    if match:
        place = _level(match.group(1), organization, home)
        if place is not None:
            at = match.start(1)
            if place.name.endswith(match.group(1)):
                return organization[:at] + place.name + organization[at + 1 :], place
            return organization[:at] + place.name + organization[at:], place
        return organization, None
    if _NATIONAL.match(organization) or suffix_class(organization) not in _LOCAL or organization.startswith(_countries()):
        return organization, None
    town = _TOWN.match(organization)
    if town:
        county = places.town_county(town.group(), [c for c in (home.county, home.city, home.province) if c])
        place = places.named(county) if county else home.at("county") or home.at("city")
        return (place.name if place else "") + organization, place
    place = home.at("county") or home.at("city") if not _ZONE.match(organization) else home.at("city") or home.at("county")
    if _ZONE.match(organization) and place is not None and not organization.startswith(place.name[:2]):
        return place.name + organization, place
    return organization, place


def _level(char: str, organization: str, home: Home) -> PlaceName | None:
    """The division that 市, 县, 省 before an office means; a county-level city's 市委 too."""
    place = home.at(_LEVELS[char])
    if char == "市" and home.county:
        county = home.at("county")
        if county is not None and county.name.endswith("市") and (home.city is None or place is None):
            return county
    return place


def _of_head(title: str, home: Home) -> tuple[str | None, PlaceName | None]:
    leaders = _LEADERS.match(title)
    if leaders:
        return None, _level(leaders.group(1), "", home)
    match = _HEADS.search(title)
    if not match:
        return None, None
    place = _level(match.group(1), "", home)
    return (place.name + "人民政府", place) if place else (None, None)


def _named_in(organization: str, home: Home) -> PlaceName | None:
    """The last division that the organisation's own name opens with (四川省南充市顺庆区…)."""
    last: str | None = None
    end = 0
    for start, stop, one in places.find(organization):
        if start > end:
            break
        code = places.resolve(one, [*([last] if last else []), *(c for c in (home.county, home.city, home.province) if c)])
        if code is None:
            break
        last, end = code, stop
    return places.named(last) if last else None
