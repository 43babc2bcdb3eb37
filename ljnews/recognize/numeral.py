"""Numerals: Arabic, Chinese and mixed, read exactly or refused.

Steps: `NUMERAL` finds the longest run that can be a numeral; `value` reads a whole numeral as a Decimal, or returns None where its parts
do not fit together (二百三千): an unknown numeral is refused, never guessed. `spread` reads two neighbouring digits as a range (三五百, 十五六).
Nothing here knows units; `quantity` and `date` build on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

# Atoms ---------------------------------------------------------------------------------------------------------------------------------
DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    "〇": 0, "○": 0, "两": 2, "兩": 2,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9, "倆": 2, "俩": 2,
}  # fmt: skip
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
_DIGITS, _BIG = frozenset(DIGITS), frozenset(BIG)
_TENS = {"廿": "二十", "卅": "三十"}

_DIGIT = "".join(DIGITS)
_MULTI = "".join(SMALL) + "".join(BIG)
# 千 and 兆 begin units too (千瓦, 兆瓦, 千克): there they belong to the unit. 百分/千分/万分 are fractions.
_NOT_UNIT = r"(?!(?<=[千兆])[瓦克伏卡帕牛赫安焦升字比]|(?<=千)米|(?<=[百千万])分[之点位])"
ARABIC = r"\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_MULTIPLIER = rf"[{_MULTI}]{_NOT_UNIT}"
CHINESE = rf"(?:[{_DIGIT}廿卅]|{_MULTIPLIER})+(?:[点點][{_DIGIT}]+(?:[万亿萬億](?!分之))*)?"
MIXED = rf"(?:{ARABIC})(?:[kK](?![A-Za-z])|(?: ?{_MULTIPLIER}(?:{_MULTIPLIER})*(?:零?\d+(?:{_MULTIPLIER})+)*(?:零?\d+(?![\d.,]))?))?"
NUMERAL = re.compile(rf"(?<![\d.])(?:{MIXED})(?!\.?\d)|{CHINESE}")

_LONGEST = 40  # characters; no quantity of a newspaper is longer, and Decimal is exact to 28 digits
_PLAIN = re.compile(rf"\A({ARABIC})\Z")
_FLOAT = re.compile(rf"\A({ARABIC}) ?([{_MULTI}]+)\Z")
_TOKENS = re.compile(rf"\d+|[{_DIGIT}]|[{''.join(SMALL)}]")


def find(string: str) -> Iterator[tuple[int, int, Decimal]]:
    """Yield the spans and values of the numerals in a folded string, longest first from the left.

    >>> [(s, e, str(v)) for s, e, v in find("投入1,100.9亿,另有二百五十")]
    [(2, 10, '110090000000'), (13, 17, '250')]
    """
    for match in NUMERAL.finditer(string):
        found = value(match.group())
        if found is not None:
            yield match.start(), match.end(), found


def value(string: str) -> Decimal | None:
    """Return the value of a string that is one numeral, None for anything else.

    >>> [str(value(s)) for s in ("1.2万亿", "二十万亿", "两千四百五", "十万零六百", "二〇二二", "5万4千6百", "二百三千")]
    ['1200000000000', '20000000000000', '2450', '100600', '2022', '54600', 'None']
    """
    if not string or len(string) > _LONGEST:
        return None
    if string.isdecimal() and string.isascii():
        return Decimal(string)
    last = string[-1]
    if last in DIGITS and len(string) == 1:
        return Decimal(DIGITS[last])
    arabic = string[0].isdecimal()
    if arabic and _PLAIN.match(string):
        return Decimal(string.replace(",", ""))
    if last in "kK":
        return _thousand(string[:-1])
    scaled = _FLOAT.match(string) if arabic else None
    if scaled:
        factor = _chain(scaled.group(2))
        return None if factor is None else tidy(Decimal(scaled.group(1).replace(",", "")) * factor)
    for short, long in _TENS.items():
        string = string.replace(short, long)
    string = string.replace(" ", "")
    for sign in ("点", "點"):
        if sign in string:
            return _with_point(*string.split(sign, 1))
    return _whole(string)


def _thousand(string: str) -> Decimal | None:
    """Read 120K."""
    return Decimal(string.replace(",", "")) * 1000 if _PLAIN.match(string) else None


def _chain(multipliers: str) -> Decimal | None:
    """Multiply 万亿, 百万, 千亿: each may follow a smaller one, 万 may repeat and stand before 亿."""
    product, last = Decimal(1), Decimal(0)
    for char in multipliers:
        factor = Decimal(SMALL[char]) if char in SMALL else Decimal(10) ** BIG[char]
        if factor < last or (factor == last and char not in "万萬"):
            return None
        product, last = product * factor, factor
    return product


def _with_point(left: str, right: str) -> Decimal | None:
    """Read 二点五亿, 五十五点五七九."""
    whole = _whole(left)
    digits = right.rstrip("万亿萬億")
    factor = _chain(right[len(digits) :])
    if whole is None or factor is None or not digits or any(c not in DIGITS for c in digits):
        return None
    return tidy(Decimal(f"{whole}.{''.join(str(DIGITS[c]) for c in digits)}") * factor)


def tidy(number: Decimal) -> Decimal:
    """Return a whole number without a fraction part (110090000000, not 110090000000.0)."""
    return Decimal(int(number)) if number == number.to_integral_value() else number


def _whole(string: str) -> Decimal | None:
    """Read a numeral without a decimal sign: split at its highest multiplier, read both sides."""
    if string.isdecimal() and string.isascii():
        return Decimal(string)
    if len(string) > 1 and _DIGITS.issuperset(string):
        # Digit by digit, as years and codes are written (二〇二二); 三五 is two digits side by side, see `spread`.
        return Decimal("".join(str(DIGITS[c]) for c in string)) if len(string) > 2 else None
    for names in ("兆", "亿億", "万萬") if not _BIG.isdisjoint(string) else ():
        at = max(string.rfind(c) for c in names)
        if at >= 0:
            return _split(string[:at], string[at], string[at + 1 :], names)
    return _section(string)


def _split(left: str, char: str, right: str, names: str) -> Decimal | None:
    """Read left × multiplier + right."""
    factor = Decimal(10) ** BIG[char]
    if any(c in left for c in names) and not (left.endswith(tuple(names)) and names == "万萬"):
        return None
    high = _whole(left) if left else Decimal(1)
    low = _tail(right, factor)
    if high is None or low is None or low >= factor:
        return None
    return high * factor + low


def _tail(right: str, factor: Decimal) -> Decimal | None:
    """Read what follows a multiplier: 一万三 is 13000, 一万零三 is 10003."""
    if not right:
        return Decimal(0)
    bare = right.lstrip("零〇")
    if len(right) == 1 and right in DIGITS and bare:
        return DIGITS[right] * factor / 10
    if right.isascii() and right.isdecimal():
        # 3万4000 is a writing, 3万4 is not.
        return Decimal(right) if len(right) >= 3 else None
    if bare.startswith(tuple("百千佰仟万萬亿億")):
        return None
    return _section(bare) if bare and not any(c in bare for c in BIG) else (_whole(bare) if bare else None)


def _section(string: str) -> Decimal | None:
    """Read 千百十: multipliers fall from left to right; a last digit without one is a tenth of the last (四百五)."""
    tokens = _TOKENS.findall(string)
    if not tokens or "".join(tokens) != string:
        return None
    total, last, digit, zero = Decimal(0), 10000, None, False
    for token in tokens:
        if token in SMALL:
            if SMALL[token] >= last or (digit is None and not _may_stand_bare(token, total, zero)):
                return None
            total += (Decimal(1) if digit is None else digit) * SMALL[token]
            last, digit, zero = SMALL[token], None, False
        elif digit is not None:
            return None
        elif token in "零〇○":
            zero = True
            digit = Decimal(0) if len(tokens) == 1 else None
        else:
            digit = Decimal(DIGITS.get(token, token))
    if digit is None:
        return total if not zero or total == 0 else None
    elided = last < 10000 and last > 10 and not zero and tokens[-1] in DIGITS
    return total + (digit * last / 10 if elided else digit)


def _may_stand_bare(token: str, total: Decimal, zero: bool) -> bool:
    """Say whether a multiplier without a digit is read as one: 十五, 一百十五, 百三, 零十."""
    return token in "十拾" or total == 0


def spread(string: str) -> tuple[Decimal, Decimal] | None:
    """Read two neighbouring digits as a range: 三五百 is 300 to 500, 十五六 is 15 to 16, 二三十 is 20 to 30.

    >>> [tuple(map(str, spread(s) or ())) for s in ("三五百", "十五六", "两三", "七八千万", "五三")]
    [('300', '500'), ('15', '16'), ('2', '3'), ('70000000', '80000000'), ()]
    """
    pair = _PAIR.search(string)
    if pair is None:
        return None
    head, low, high, tail = string[: pair.start()], pair.group(1), pair.group(2), string[pair.end() :]
    if DIGITS[low] >= DIGITS[high] or DIGITS[high] - DIGITS[low] > 2 or (head and head[-1] in DIGITS):
        return None
    lower, upper = (_whole(head + digit + tail) for digit in (low, high))
    if lower is None or upper is None or lower >= upper:
        return None
    if head and not tail and head[-1] not in "十拾":
        return None
    return lower, upper


_PAIR = re.compile(r"([一二两兩三四五六七八九])([二三四五六七八九])")
