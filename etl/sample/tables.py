"""A return of one municipality and period as headings and rows, spelled by its habit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.sample.consultations import Consultation
from etl.sample.meetings import Attendance, Meeting
from etl.sample.plan import Habit
from etl.sample.practices import Practice
from etl.sample.referrals import Referral
from etl.sample.spelt import (
    Cell,
    spell_code,
    spell_consent,
    spell_count,
    spell_date,
    spell_fiscal_year,
    spell_flag,
    spell_number,
    spell_period,
    spell_recommended,
)
from etl.sample.town import Town

NAMES = {
    "referral": "相互紹介記録",
    "meeting": "会議開催・出席記録",
    "consultation": "月次相談件数",
    "practice": "年次連携状況",
}
CODE, NAME = "団体コード", "市区町村"
# Headings as they are broken over two lines in narrow Excel columns.
BROKEN = {
    "紹介元部署": "紹介元\n部署",
    "紹介先機関": "紹介先\n機関",
    "初回相談日": "初回\n相談日",
    "プラン作成日": "プラン\n作成日",
    "検討ケース数": "検討\nケース数",
    "重複ケース数": "重複\nケース数",
    "時間(分)": "時間\n(分)",
    "うち相手側の課題あり": "うち相手側の\n課題あり",
    "情報共有の機会(回)": "情報共有の\n機会(回)",
}

Column = tuple[str, Callable[..., Cell]]

REFERRAL: tuple[Column, ...] = (
    ("紹介番号", lambda r, t, h: spell_number(r.number, h)),
    (CODE, lambda r, t, h: spell_code(t, h)),
    (NAME, lambda r, t, h: t.name),
    ("把握日", lambda r, t, h: spell_date(r.caught, h)),
    ("紹介元部署", lambda r, t, h: r.department),
    ("紹介先機関", lambda r, t, h: r.agency),
    ("利用勧奨", lambda r, t, h: spell_recommended(r.recommended, r.recommended_on, h)),
    ("本人同意", lambda r, t, h: spell_consent(r.consent, h)),
    ("提供根拠", lambda r, t, h: r.basis),
    ("つなぎ日", lambda r, t, h: spell_date(r.handover, h)),
    ("初回相談日", lambda r, t, h: spell_date(r.contact, h)),
    ("プラン作成日", lambda r, t, h: spell_date(r.plan, h)),
    ("結果", lambda r, t, h: r.result),
    ("課題", lambda r, t, h: r.need),
    ("年代", lambda r, t, h: r.age_band),
    ("性別", lambda r, t, h: r.sex),
    ("世帯", lambda r, t, h: r.household),
)

MEETING: tuple[Column, ...] = (
    ("会議番号", lambda m, a, t, h: spell_number(m.number, h)),
    (CODE, lambda m, a, t, h: spell_code(t, h)),
    (NAME, lambda m, a, t, h: t.name),
    ("会議体", lambda m, a, t, h: m.body),
    ("開催日", lambda m, a, t, h: spell_date(m.held, h)),
    ("開催方法", lambda m, a, t, h: m.form),
    ("活動区分", lambda m, a, t, h: m.activity),
    ("参加機関", lambda m, a, t, h: a.organisation.name),
    ("機関区分", lambda m, a, t, h: a.organisation.category),
    ("側", lambda m, a, t, h: a.organisation.side),
    ("参画依頼", lambda m, a, t, h: spell_flag(a.invited, h)),
    ("出欠", lambda m, a, t, h: a.answer),
    ("検討ケース数", lambda m, a, t, h: spell_count(m.cases, h)),
    ("重複ケース数", lambda m, a, t, h: spell_count(m.shared_cases, h)),
    ("時間(分)", lambda m, a, t, h: spell_count(m.minutes, h)),
)

CONSULTATION: tuple[Column, ...] = (
    (CODE, lambda c, t, h: spell_code(t, h)),
    (NAME, lambda c, t, h: t.name),
    ("年月", lambda c, t, h: spell_period(c.month, h)),
    ("側", lambda c, t, h: c.side),
    ("新規相談", lambda c, t, h: spell_count(c.new, h)),
    ("うち相手側の課題あり", lambda c, t, h: spell_count(c.both_needs, h)),
    ("うちアウトリーチ", lambda c, t, h: spell_count(c.outreach, h)),
    ("プラン作成", lambda c, t, h: spell_count(c.plans, h)),
)

PRACTICE: tuple[Column, ...] = (
    (CODE, lambda p, t, h: spell_code(t, h)),
    (NAME, lambda p, t, h: t.name),
    ("年度", lambda p, t, h: spell_fiscal_year(p.fiscal_year, h)),
    ("福祉事務所の有無", lambda p, t, h: spell_flag(p.welfare_office, h)),
    ("PF設置", lambda p, t, h: spell_flag(p.platform.is_there, h)),
    ("PF設置日", lambda p, t, h: spell_date(p.platform.since, h)),
    ("PF相手側の参画", lambda p, t, h: spell_flag(p.platform.other_side, h)),
    ("協議会設置", lambda p, t, h: spell_flag(p.council.is_there, h)),
    ("協議会設置日", lambda p, t, h: spell_date(p.council.since, h)),
    ("協議会相手側の参画", lambda p, t, h: spell_flag(p.council.other_side, h)),
    ("支援会議設置", lambda p, t, h: spell_flag(p.support_meeting.is_there, h)),
    ("支援会議設置日", lambda p, t, h: spell_date(p.support_meeting.since, h)),
    ("支援会議相手側の参画", lambda p, t, h: spell_flag(p.support_meeting.other_side, h)),
    ("連絡調整担当", lambda p, t, h: spell_flag(p.liaison, h)),
    ("情報共有の機会(回)", lambda p, t, h: spell_count(p.information_sharing, h)),
    ("合同研修(回)", lambda p, t, h: spell_count(p.joint_training, h)),
    ("リーフレット(双方)", lambda p, t, h: spell_flag(p.leaflets_both, h)),
    ("利用勧奨の手順", lambda p, t, h: spell_flag(p.recommendation_procedure, h)),
)

COLUMNS = {"referral": REFERRAL, "meeting": MEETING, "consultation": CONSULTATION, "practice": PRACTICE}
HEADINGS = {kind: tuple(heading for heading, _ in columns) for kind, columns in COLUMNS.items()}
Record = Referral | Meeting | Consultation | Practice


@dataclass(frozen=True, slots=True)
class Table:
    """Plain headings (before renaming and line breaks) and the rows beneath them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(kind: str, town: Town, records: Sequence[Record]) -> Table:
    """One row a record; of a meeting one row an organisation."""
    habit = town.habit
    columns = [(head, spell) for head, spell in COLUMNS[kind] if _has(head, habit)]
    facts: list[tuple[Record | Attendance, ...]] = []
    for record in records:
        if isinstance(record, Meeting):
            facts += [(record, each) for each in record.attendance]
        else:
            facts.append((record,))
    rows = tuple(tuple(spell(*fact, town, habit) for _, spell in columns) for fact in facts)
    return Table(tuple(head for head, _ in columns), rows)


def _has(heading: str, habit: Habit) -> bool:
    absent = set(habit.omit)
    if habit.codes == "none":
        absent.add(CODE)
    if not habit.named:
        absent.add(NAME)
    return heading not in absent


def as_sent(headings: Sequence[str], habit: Habit) -> list[str]:
    """Headings as this municipality writes them."""
    renamed = [dict(habit.rename).get(head, head) for head in headings]
    return [BROKEN.get(head, head) for head in renamed] if habit.broken_headings else renamed
