"""One value as a clerk writes it, by the habit of the municipality."""

from datetime import date

from etl.sample.plan import Habit
from etl.sample.town import Town

Cell = str | int | date | None

WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
ERA_FIRST = 2018  # 令和元年 = 2019
UNASKED = "未確認"


def spell_date(day: date | None, habit: Habit) -> Cell:
    """The day as text, or as a real date where the habit is Excel's."""
    if day is None:
        return None
    era = day.year - ERA_FIRST
    kanji = f"令和{era}年{day.month}月{day.day}日"
    spelled: dict[str, Cell] = {
        "slash": f"{day.year}/{day.month}/{day.day}",
        "iso": day.isoformat(),
        "dot": f"R{era}.{day.month}.{day.day}",
        "compact": f"{day:%Y%m%d}",
        "kanji": kanji,
        "wide": kanji.translate(WIDE),
        "excel": day,
    }
    return spelled[habit.dates]


def spell_flag(flag: bool | None, habit: Habit) -> Cell:
    return None if flag is None else habit.flags[0 if flag else 1]


def spell_recommended(flag: bool | None, day: date | None, habit: Habit) -> Cell:
    """Some write the day instead of a yes; a no stays a no."""
    return spell_date(day, habit) if habit.flag_is_date and flag else spell_flag(flag, habit)


def spell_consent(consent: str | None, habit: Habit) -> Cell:
    """Consent has three answers; those who count 1 and 0 elsewhere still write words here."""
    words = ("有", "無") if habit.flags == ("1", "0") else habit.flags
    return {"given": words[0], "refused": words[1], "unasked": UNASKED}.get(consent or "")


def spell_count(count: int | str | None, habit: Habit) -> Cell:
    """A count, or the mark that stands for one."""
    if count is None or habit.codes != "wide6":
        return count
    return str(count).translate(WIDE)


def spell_number(number: str, habit: Habit) -> Cell:
    return number.translate(WIDE) if habit.codes == "wide6" else number


def spell_code(town: Town, habit: Habit) -> Cell:
    """With check digit, without it, in full width, or not at all."""
    codes: dict[str, Cell] = {
        "code6": town.code6,
        "code5": town.code5,
        "wide6": town.code6.translate(WIDE),
        "none": None,
    }
    return codes[habit.codes]


def spell_period(month: str, habit: Habit) -> Cell:
    """A month in its own cell; where the habit is Excel's, its first day."""
    year, number = int(month[:4]), int(month[5:])
    spelled: dict[str, Cell] = {
        "slash": f"{year}/{number}",
        "iso": month,
        "dot": f"R{year - ERA_FIRST}.{number}",
        "compact": f"{year}{number:02d}",
        "kanji": spell_month(month),
        "wide": spell_month(month).translate(WIDE),
        "excel": date(year, number, 1),
    }
    return spelled[habit.dates]


def spell_fiscal_year(year: int, habit: Habit) -> Cell:
    if habit.dates in ("slash", "iso", "compact"):
        return f"{year}年度"
    era = year - ERA_FIRST
    return f"R{era}年度" if habit.dates == "dot" else f"令和{era}年度"


def spell_month(month: str) -> str:
    """'2024-06' -> 令和6年6月."""
    return f"令和{int(month[:4]) - ERA_FIRST}年{int(month[5:])}月"
