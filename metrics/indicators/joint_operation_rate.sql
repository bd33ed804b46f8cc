/*
title = "地域協議会と支援会議の一体的な運営の割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "機能追加・同日分割・一体開催のいずれかで開催した会議の回数"
denominator = "開催方法が記入された地域協議会と支援会議の開催回数"
notice = ["N8"]
reading = "neither"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "通知は会議の運営方法の例として示しており、割合の高低は良し悪しを示さない。開催方法が未記入の会議は分母に含めない。"
public = true

[breakdown]
name = "開催方法"
splits = "numerator"
headline = ["added", "same_day", "joint"]
labels = { single = "単独", added = "機能追加", same_day = "同日分割", joint = "一体開催" }
*/
-- One row per municipality, month of the meeting, and form (all four, also with 0); counts meetings.
with form as (
    select 'single' as breakdown
    union all select 'added'
    union all select 'same_day'
    union all select 'joint'
)
select
    meeting.area_code,
    meeting.period,
    form.breakdown,
    sum(case when meeting.form = form.breakdown then 1 else 0 end) as numerator,
    count(meeting.form) as denominator
from core.meeting as meeting
cross join form
where meeting.body in ('council', 'support_meeting')
group by meeting.area_code, meeting.period, form.breakdown
