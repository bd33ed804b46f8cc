/*
title = "支援会議への孤独・孤立側の参加率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "孤独・孤立側の機関が出席または代理出席した支援会議の回数"
denominator = "機関の側と出欠が記入された支援会議の開催回数"
notice = ["N7"]
reading = "higher_better"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "双方に関わる機関の出席を含む。側または出欠の記入が全くない会議は分母に含めない。"
public = false
*/
-- One row per municipality and month of the meeting; counts support meetings, no breakdown.
with meeting as (
    select
        meeting.area_code,
        meeting.period,
        meeting.meeting_id,
        max(case when seat.side is not null and seat.attendance is not null then 1 else 0 end) as is_known,
        max(
            case when seat.side in ('connection', 'both') and seat.attendance in ('present', 'proxy') then 1 else 0 end
        ) as has_connection_side
    from core.meeting as meeting
    left join core.attendance as seat
        on seat.area_code = meeting.area_code
        and seat.meeting_id = meeting.meeting_id
    where meeting.body = 'support_meeting'
    group by meeting.area_code, meeting.period, meeting.meeting_id
)
select
    area_code,
    period,
    'all' as breakdown,
    sum(has_connection_side) as numerator,
    sum(is_known) as denominator
from meeting
group by area_code, period
