/*
title = "地域協議会への困窮者支援側の参加率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "困窮者支援側の機関が出席または代理出席した地域協議会の回数"
denominator = "機関の側と出欠が記入された地域協議会の開催回数"
notice = ["N2", "N6"]
reading = "higher_better"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "双方に関わる機関の出席を含む。内訳の自立相談支援機関は、同じ会議のうち同機関が出席したもの。側または出欠の記入が全くない会議は分母に含めない。"
public = false

[breakdown]
name = "出席した機関"
splits = "numerator"
headline = ["support"]
labels = { support = "困窮者支援側のいずれか", agency = "自立相談支援機関" }
*/
-- One row per municipality, month of the meeting, and who came (both, also with 0); counts council meetings.
with meeting as (
    select
        meeting.area_code,
        meeting.period,
        meeting.meeting_id,
        max(case when seat.side is not null and seat.attendance is not null then 1 else 0 end) as is_known,
        max(
            case when seat.side in ('support', 'both') and seat.attendance in ('present', 'proxy') then 1 else 0 end
        ) as has_support_side,
        max(
            case
                when seat.category = '自立相談支援機関' and seat.side is not null
                    and seat.attendance in ('present', 'proxy') then 1
                else 0
            end
        ) as has_agency
    from core.meeting as meeting
    left join core.attendance as seat
        on seat.area_code = meeting.area_code
        and seat.meeting_id = meeting.meeting_id
    where meeting.body = 'council'
    group by meeting.area_code, meeting.period, meeting.meeting_id
)
select area_code, period, 'support' as breakdown, sum(has_support_side) as numerator, sum(is_known) as denominator
from meeting
group by area_code, period
union all
select area_code, period, 'agency', sum(has_agency), sum(is_known)
from meeting
group by area_code, period
