/*
title = "プラットフォームへの困窮者支援側の参画"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "困窮者支援側（主管部局又は自立相談支援機関）が参画している市区町村数"
denominator = "プラットフォームを設置し、参画の有無の回答があった市区町村数"
notice = ["N2", "N5"]
reading = "higher_better"
returns = ["practice"]
source = "年次連携状況・会議開催・出席記録（市区町村提出）"
note = "値は年次連携状況の回答による。設置していない市区町村は対象外、参画の有無が未記入の市区町村（設置の有無も未記入の場合を含む。）は未提出とする。内訳の「会議の記録」は、年度中の会議の参加機関の一覧に名があるかを見たもので、出欠は問わない。主管部局は区分が福祉で側が困窮者支援側又は双方の機関とし、側の記入が全くない一覧は数えない。"
public = true

[breakdown]
name = "参画する機関"
splits = "both"
headline = ["support"]
labels = { support = "困窮者支援側（回答）", agency = "自立相談支援機関（会議の記録）", department = "主管部局（会議の記録）" }
*/
-- One row per municipality with a platform, fiscal year and member: as answered, and as the lists of meetings show.
-- No word on whether there is a platform is no "no": such a municipality stays, with what it says of the membership.
with listed as (
    select
        area_code,
        fiscal_year,
        max(case when category = '自立相談支援機関' then 1 else 0 end) as has_agency,
        max(case when category = '福祉' and side in ('support', 'both') then 1 else 0 end) as has_department,
        max(case when side is not null then 1 else 0 end) as has_sides
    from core.attendance
    where body = 'platform'
    group by area_code, fiscal_year
)
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'support' as breakdown,
    case when platform_other_side then 1 else 0 end as numerator,
    case when platform_other_side is null then 0 else 1 end as denominator
from core.practice
where platform_established is null
    or platform_established
union all
select area_code, cast(fiscal_year as varchar), 'agency', has_agency, 1
from listed
union all
select area_code, cast(fiscal_year as varchar), 'department', has_department, has_sides
from listed
