/*
title = "会議1回当たりの検討ケース数"
kind = "ratio"
period = "month"
unit = "件（会議1回当たり）"
numerator = "検討ケース数（延べ）"
denominator = "検討ケース数が記入された地域協議会と支援会議の開催回数"
notice = ["N8"]
reading = "neither"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "値は地域協議会と支援会議のもの。併せて運営されうる他の会議は内訳に示す。検討ケース数が空欄の会議は含めない（0件と記入された会議は含める。）。件数の多少は良し悪しを示さない。"
public = false

[breakdown]
name = "会議体"
splits = "both"
headline = ["council", "support_meeting"]
labels = { council = "地域協議会", support_meeting = "支援会議", plan_meeting = "支援調整会議", welfare_meeting = "調整会議（生活保護法）", multilayer_meeting = "重層的支援会議" }
*/
-- One row per municipality, month of the meeting, and body; a platform discusses no single cases.
-- Meetings without a number of cases leave 0 of 0, which says "not sent".
select
    area_code,
    period,
    body as breakdown,
    coalesce(sum(case_count), 0) as numerator,
    count(case_count) as denominator
from core.meeting
where body in ('council', 'support_meeting', 'plan_meeting', 'welfare_meeting', 'multilayer_meeting')
group by area_code, period, body
