"""Reads a date and time as people and systems write them, in several languages.

What could be two moments is none: 3/4/2026 is in March or in April, and IST is of three countries.
"""

import re
import time
import unicodedata
from contextlib import suppress
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final, NamedTuple

MONTHS: Final = (
    "jan january januar janvier janv januari enero ene gennaio gen janeiro stycznia sty leden ledna"
    " ocak oca tammikuu ianuarie gener januarius január января январь янв січня січ",
    "feb february februar fevrier fevr fev februari febrero febbraio fevereiro lutego lut unor"
    " unora subat sub helmikuu februarie febrer február февраля февраль фев лютого лют",
    "mar march marz mrz mars maart mrt marzo marco marca brezen brezna mart maaliskuu martie marc"
    " marts marcius maret марта март березня бер",
    "apr april avril avr abril abr aprile kwietnia kwi duben dubna nisan nis huhtikuu aprilie"
    " aprilis апреля апрель апр квітня квіт",
    "may mai mei maj mayo maggio mag maio maja kveten kvetna mayis toukokuu maig majus мая май"
    " травня трав",
    "jun june juni juin junio giugno giu junho czerwca cze cerven cervna haziran haz kesakuu iunie"
    " juny junius июня июнь июн червня",
    "jul july juli juillet juil julio luglio lug julho lipca cervenec cervence temmuz tem heinakuu"
    " iulie juliol julius июля июль июл липня",
    "aug august aout augustus agosto ago augusti sierpnia sie srpen srpna agustos agu elokuu agost"
    " augusztus agustus августа август авг серпня",
    "sep sept september septembre septiembre settembre set setembro wrzesnia wrz zari eylul eyl"
    " syyskuu septembrie setembre szeptember сентября сентябрь сен сент вересня",
    "oct okt october oktober octobre octubre ottobre ott outubro out pazdziernika paz rijen rijna"
    " ekim eki lokakuu octombrie октября октябрь окт жовтня",
    "nov november novembre noviembre novembro listopadu kasim kas marraskuu noiembrie ноября ноябрь"
    " ноя нояб",
    "dec december dezember dez des decembre diciembre dic dicembre dezembro desember grudnia gru"
    " prosinec prosince aralik ara joulukuu decembrie desembre декабря декабрь дек грудня",
)
"""The months in the languages of the platforms; not listopada, which is of two of them."""

HOURS_OF: Final = {
    **{"utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1},
    **{"mesz": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cdt": -5, "mst": -7},
    **{"mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "adt": -3, "jst": 9},
    **{"kst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11, "awst": 8, "nzst": 12, "nzdt": 13},
}
"""Zones whose names are of one hour each: CST, IST and BST are of several."""

CLOCK: Final = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\s?(?::|h|uhr)\s?(?P<minute>\d\d)?"
    r"(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?(?![\d.]*:)\s*(?P<half>[ap]\.?\s?m\b\.?)?"
)
COMPACT: Final = re.compile(r"(?<!\d)(?P<hour>\d{1,2}?)(?P<minute>\d\d)\s*(?P<half>[ap])\.?m\b\.?")
WHOLE_HOUR: Final = re.compile(r"(?<!\d)(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?m\b\.?")
DOTTED: Final = re.compile(r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?![.\d])")
HALVES: Final = tuple(
    (word, half)
    for half, words in (("am ", "上午 午前 오전"), ("pm ", "下午 午後 오후"))
    for word in words.split()
)
YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)"
)
DAY_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
EITHER_FIRST: Final = re.compile(r"(?<!\d)(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?!\d)")
OFFSET: Final = re.compile(r"(?:utc|gmt)?\s?([+-])(\d\d):?(\d\d)?\s*\Z", re.IGNORECASE)
PLACE: Final = re.compile(r"\(?([A-Z][A-Za-z_]+(?:/[A-Za-z_+-]+)+)\)?\Z")
WORD: Final = re.compile(r"[\d.m]\s*\(?([a-z]{1,5})\)?\Z", re.IGNORECASE)
NO_ZONES: Final = frozenset({"am", "pm", "h", "uhr", "m"})
LONGEST: Final = 200


class _ClockTime(NamedTuple):
    hour: int
    minute: int
    second: int
    microsecond: int


def iso_of(text: str) -> str:
    """Return a date and time as ISO 8601, "" where it is none, or could be two.

    Its offset is there where the text has one, or names a zone that has one.
    """
    text = text.strip()[:LONGEST]
    with suppress(ValueError):
        if not re.fullmatch(r"[\d-]+", text):  # a date alone is no moment
            return datetime.fromisoformat(text).isoformat()
    with suppress(ValueError, OverflowError):
        plain, zone = _without_zone(text)
        return _moment(plain, zone)
    return ""


def _moment(text: str, zone: tzinfo | str | None) -> str:
    """Return a moment.

    Raises:
        ValueError: it is none.
    """
    plain = _without_accents(text)
    for word, half in HALVES:
        plain = plain.replace(word, half)
    plain = re.sub(r"\b([ap]m)\s+(\d{1,2}:\d\d(?::\d\d)?)", r"\2 \1", plain)
    clock, rest = _clock(plain)
    moment = datetime(*_date(rest), *clock)
    if isinstance(zone, str):
        zone = _local_zone(zone, moment)
    return moment.replace(tzinfo=zone).isoformat()


@cache
def _month_of() -> dict[str, int]:
    """Return the months by their names."""
    each = enumerate(MONTHS, start=1)
    return {_without_accents(name): number for number, names in each for name in names.split()}


def _without_accents(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ı", "i"))
    kept = (one for one in spread if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", "".join(kept))


def _clock(text: str) -> tuple[_ClockTime, str]:
    """Return the time of the day, and what is left of the text without it."""
    dated = [(one.start(), one.end()) for one in DAY_FIRST.finditer(text)]
    for pattern in (CLOCK, COMPACT, WHOLE_HOUR, DOTTED):
        found = pattern.finditer(text)
        matches = [one for one in found if not any(a <= one.start() < b for a, b in dated)]
        if len(matches) > 1:
            raise ValueError("several times")
        if matches:
            (match,) = matches
            return _time(match), f"{text[: match.start()]} {text[match.end() :]}"
    raise ValueError("no time")


def _time(match: re.Match[str]) -> _ClockTime:
    groups = match.groupdict()
    hour, half = int(groups["hour"]), (groups.get("half") or "")[:1]
    if half and 1 <= hour <= 12:  # some write 15:05 PM
        hour = hour % 12 + 12 * (half == "p")
    minute, second = (int(groups.get(name) or 0) for name in ("minute", "second"))
    return _ClockTime(hour, minute, second, int((groups.get("part") or "").ljust(6, "0")[:6]))


def _date(text: str) -> tuple[int, int, int]:
    """Return year, month and day."""
    if match := YEAR_FIRST.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := DAY_FIRST.search(text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := EITHER_FIRST.search(text):
        return int(match[4]), *_month_and_day(int(match[1]), int(match[3]))
    words = re.findall(r"[^\W\d_]+|\d+", text.replace("kuuta", "kuu"))
    known = _month_of()
    months = {known[word] for word in words if word in known}
    years = [int(word) for word in words if re.fullmatch(r"(?:19|20)\d\d", word)]
    days = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        raise ValueError("no date")
    return years[0], months.pop(), days[0]


def _month_and_day(one: int, other: int) -> tuple[int, int]:
    if one == other or other > 12:
        return one, other
    if one > 12:
        return other, one
    raise ValueError("a date that could be two")


def _without_zone(text: str) -> tuple[str, tzinfo | str | None]:
    """Return a text without its zone, and that, or its name where it is of several countries.

    Raises:
        ValueError: nobody knows the zone.
    """
    if match := PLACE.search(text):
        return text[: match.start()], _zone_of(match[1])
    match = OFFSET.search(text)
    if match and re.search(r"\d:\d\d", text[: match.start()]):
        away = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return text[: match.start()], timezone(away if match[1] == "+" else -away)
    match = WORD.search(text)
    name = match[1].casefold() if match else ""
    if match is None or name in NO_ZONES:
        return text, None
    known = timezone(timedelta(hours=HOURS_OF[name])) if name in HOURS_OF else name
    return text[: match.start(1)].rstrip("( "), known


def _zone_of(place: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # one course in many

    try:
        return ZoneInfo(place)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("a zone that nobody knows") from error


def _local_zone(name: str, moment: datetime) -> tzinfo:
    """Return this machine's zone where that has a name, at some time of the year.

    Raises:
        ValueError: it has not.
    """
    if name not in (one.casefold() for one in time.tzname):
        raise ValueError("a zone of several countries")
    local = moment.astimezone()
    if (local.tzname() or "").casefold() != name:
        raise ValueError("this zone has another name then")
    zone = local.tzinfo
    assert zone is not None
    return zone
