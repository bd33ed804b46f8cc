/*
title = "地域協議会と支援会議の構成機関の重なり"
kind = "count"
period = "fiscal_year"
unit = "機関の割合（％）"
numerator = "地域協議会と支援会議の両方に名がある機関数"
denominator = "地域協議会と支援会議のどちらかに名がある機関数"
notice = ["N8"]
reading = "neither"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "両方の会議を開いた市区町村について、年度中の参加機関の名で数える（出欠は問わない。名の書き方が違えば別の機関となる。）。重なりが大きいほど、一体的な開催で出席の負担を減らす余地がある。良し悪しは示さない。"
public = false
*/
-- One row per municipality that held both bodies in the fiscal year; counts organisations by name, no breakdown.
with member as (
    select
        area_code,
        fiscal_year,
        organisation,
        max(case when body = 'council' then 1 else 0 end) as in_council,
        max(case when body = 'support_meeting' then 1 else 0 end) as in_support_meeting
    from core.attendance
    where body in ('council', 'support_meeting')
    group by area_code, fiscal_year, organisation
)
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'all' as breakdown,
    sum(case when in_council = 1 and in_support_meeting = 1 then 1 else 0 end) as numerator,
    count(*) as denominator
from member
group by area_code, cast(fiscal_year as varchar)
having max(in_council) = 1
    and max(in_support_meeting) = 1
