/*
title = "両会議で重なる検討ケースの割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "重複ケース数"
denominator = "検討ケース数（重複ケース数の記入がある会議のもの）"
notice = ["N8"]
reading = "neither"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "地域協議会と支援会議について、もう一方の会議でも扱ったケースの延べ数の割合。ケース数のどちらかが空欄の会議と、重複が検討を上回る会議は含めない。良し悪しは示さない。"
public = false

[breakdown]
name = "会議体"
splits = "both"
labels = { council = "地域協議会", support_meeting = "支援会議" }
*/
-- One row per municipality, month of the meeting, and body; counts cases.
-- Meetings with a number left blank, or more shared cases than cases, leave 0 of 0, which says "not sent".
with meeting as (
    select
        area_code,
        period,
        body,
        case when shared_case_count <= case_count then shared_case_count else 0 end as shared_cases,
        case when shared_case_count <= case_count then case_count else 0 end as cases
    from core.meeting
    where body in ('council', 'support_meeting')
        and (case_count is null or case_count > 0)
)
select
    area_code,
    period,
    body as breakdown,
    sum(shared_cases) as numerator,
    sum(cases) as denominator
from meeting
group by area_code, period, body
