/*
title = "官民連携プラットフォームへの困窮者支援側の出席率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "出席または代理出席した機関数（延べ）"
denominator = "出欠が記入された参加機関数（延べ）"
notice = ["N5"]
reading = "higher_better"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "値は困窮者支援側と双方に関わる機関のもの。書面での参加と欠席は出席に数えない。"
public = true

[breakdown]
name = "機関の側"
splits = "both"
headline = ["support", "both"]
labels = { connection = "孤独・孤立側", support = "困窮者支援側", both = "双方", other = "その他", not_recorded = "未記入" }
*/
-- One row per municipality, month of the meeting, and side of the organisation; counts organisations at meetings.
-- Meetings without a single answer leave a denominator of 0, which says "not sent".
select
    area_code,
    period,
    coalesce(side, 'not_recorded') as breakdown,
    sum(case when attendance in ('present', 'proxy') then 1 else 0 end) as numerator,
    count(attendance) as denominator
from core.attendance
where body = 'platform'
group by area_code, period, coalesce(side, 'not_recorded')
