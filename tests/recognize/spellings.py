"""Twenty ways to write a number, for the round trip value → spelling → value. A spelling that cannot hold the value exactly is left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_SMALL = ["", "十", "百", "千"]
_FORMAL_SMALL = ["", "拾", "佰", "仟"]
_TRADITIONAL = str.maketrans("万亿两贰陆", "萬億兩貳陸")
_FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def _section(number: int, digits: str, small: list[str]) -> str:
    """Write 1 to 9999, zeros inside as one 零."""
    written, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if zero and written else "") + digits[digit] + small[place]
            zero = False
        elif written:
            zero = True
    return written


def chinese(number: int, digits: str = _DIGITS, small: list[str] | None = None) -> str:
    """Write a whole number below 10^16 in Chinese (一万零五, 二百三十亿零六十)."""
    small = small or _SMALL
    if number == 0:
        return "零"
    written = ""
    for name, size in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4), ("", 1)):
        part, number = divmod(number, size)
        if part == 0:
            continue
        # 零 joins where the places between are empty.
        gap = written and part < 1000
        written += ("零" if gap else "") + _section(part, digits, small) + name
    return written


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spellings(value: Decimal) -> Iterator[str]:
    """Yield up to twenty spellings of a value that is not negative."""
    plain = _plain(value)
    whole, _, fraction = plain.partition(".")
    grouped = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    yield plain
    yield grouped
    yield plain.translate(_FULL)
    yield grouped.translate(_FULL)
    for name, power in (
        ("百", 2),
        ("千", 3),
        ("万", 4),
        ("十万", 5),
        ("百万", 6),
        ("千万", 7),
        ("亿", 8),
        ("百亿", 10),
        ("千亿", 11),
        ("万亿", 12),
    ):
        yield _plain(value.scaleb(-power)) + name
    if fraction:
        yield chinese(int(whole)) + "点" + "".join(_DIGITS[int(d)] for d in fraction)
        return
    number = int(whole)
    written = chinese(number)
    yield written
    yield written.removeprefix("一") if written.startswith("一十") else written
    yield written.translate(_TRADITIONAL)
    yield chinese(number, _FORMAL, _FORMAL_SMALL)
    yield written.replace("二百", "两百").replace("二千", "两千").replace("二万", "两万")
    if number >= 10**8 and number % 10**4 == 0 and number % 10**8 >= 10**7:
        yield f"{number // 10**8}亿{number % 10**8 // 10**4}万"
    if number < 10**8 and number % 10**4 >= 1000 and number >= 10**4:
        yield f"{number // 10**4}万{number % 10**4}"
    for low, high, name in ((10, 100, "百"), (100, 1000, "千"), (1000, 10**4, "万")):
        # 四百五: the last digit is a tenth of the multiplier before it.
        if high <= number < high * 10 and number % low == 0 and number % high:
            yield _DIGITS[number // high] + name + _DIGITS[number % high // low]
