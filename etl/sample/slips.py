"""Rows that go wrong, and whole files that must be refused."""

from pathlib import Path

from etl.sample.books import Sheet, write_book, write_csv
from etl.sample.plan import Plan, Slip, fiscal_year
from etl.sample.spelt import Cell
from etl.sample.tables import HEADINGS, Table
from etl.sample.town import Town

WRONG = "wrong"
MAIL = "mihon@mihon.invalid"  # .invalid is reserved: no such address can exist


def slipped(plan: Plan, kind: str, town: Town, span: tuple[str, ...], table: Table) -> Table:
    """The table with the planned slips of this file.

    A slip whose row does not exist (another seed, fewer rows) is left out.
    """
    rows = [list(row) for row in table.rows]
    years = {fiscal_year(month) for month in span}
    for slip in plan.slips:
        here = (slip.kind, slip.town) == (kind, town.code5) and slip.fiscal_year in years
        if here and slip.row <= len(rows):
            _spoil(rows, slip, table)
    return Table(table.headings, tuple(tuple(row) for row in rows))


def _spoil(rows: list[list[Cell]], slip: Slip, table: Table) -> None:
    for heading, value in slip.put.items():
        rows[slip.row - 1][table.headings.index(heading)] = value
    for heading, other in slip.copy.items():
        column = table.headings.index(heading)
        rows[slip.row - 1][column] = rows[other - 1][column]


def write_refused(out: Path) -> list[Path]:
    """Three files that no loader may keep: a name column, an address in a remark, HTML called .xls."""
    out.mkdir(parents=True, exist_ok=True)
    head = HEADINGS["referral"]
    row: dict[str, Cell] = {
        "紹介番号": "R6-9001",
        "団体コード": "992038",
        "市区町村": "青苑市",
        "把握日": "2024/6/24",
        "紹介元部署": "福祉課",
        "紹介先機関": "自立相談支援機関",
        "利用勧奨": "有",
    }
    plain = tuple(row.get(heading) for heading in head)
    titles = ("【架空データ】相互紹介記録（令和6年6月分）", "団体名：見本県青苑市", "対象期間：令和6年6月分")
    named = Sheet("記録", titles, (head[0], "氏名", *head[1:]), ((plain[0], "見本 太郎", *plain[1:]),))
    remark = Sheet("記録", (), (*head, "備考"), ((*plain, f"連絡先は {MAIL}"),))
    html = out / "R6.6_相互紹介記録_青苑市_中身がHTML_架空データ.xls"
    html.write_text("<html><table><tr><td>架空データ</td></tr></table></html>\n", encoding="utf-8")
    return [
        write_book(out / "R6.6_相互紹介記録_青苑市_氏名入り_架空データ.xlsx", [named]),
        write_csv(out / "R6.6_相互紹介記録_青苑市_備考に連絡先_架空データ.csv", remark, "utf-8-sig", ","),
        html,
    ]
