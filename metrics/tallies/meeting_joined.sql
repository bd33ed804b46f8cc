/*
title = "会議体への両側の参加"
keys = ["body"]
counts = ["held", "known", "support_joined", "connection_joined"]
*/
-- one row = municipality × month × kind of meeting
-- known: meetings with a side and an attendance on record; joined: at least one organisation of that side, or of both
-- sides, came. A meeting with an organisation of both sides counts once, which sums of meeting_side could not tell.
with meeting as (
    select
        meeting.area_code,
        meeting.period,
        meeting.body,
        meeting.meeting_id,
        max(case when seat.side is not null and seat.attendance is not null then 1 else 0 end) as is_known,
        max(
            case when seat.side in ('support', 'both') and seat.attendance in ('present', 'proxy') then 1 else 0 end
        ) as has_support,
        max(
            case when seat.side in ('connection', 'both') and seat.attendance in ('present', 'proxy') then 1 else 0 end
        ) as has_connection
    from core.meeting as meeting
    left join core.attendance as seat
        on seat.area_code = meeting.area_code
        and seat.meeting_id = meeting.meeting_id
    group by meeting.area_code, meeting.period, meeting.body, meeting.meeting_id
)
select
    area_code,
    period,
    body,
    count(*) as held,
    sum(is_known) as known,
    sum(has_support) as support_joined,
    sum(has_connection) as connection_joined
from meeting
group by area_code, period, body
