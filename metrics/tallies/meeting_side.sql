/*
title = "会議体への参加（側別）"
keys = ["body", "side"]
counts = ["meetings", "meetings_known", "meetings_joined", "seats", "invited", "answered", "present"]
*/
-- one row = municipality × month × kind of meeting × side of the organisations
-- meetings counts the meetings that had an organisation of that side on their list; joined: at least one came.
with meeting as (
    select
        area_code,
        period,
        body,
        meeting_id,
        coalesce(side, 'not_recorded') as side,
        count(*) as seats,
        sum(case when invited then 1 else 0 end) as invited,
        count(attendance) as answered,
        sum(case when attendance in ('present', 'proxy') then 1 else 0 end) as present
    from core.attendance
    group by area_code, period, body, meeting_id, coalesce(side, 'not_recorded')
)
select
    area_code,
    period,
    body,
    side,
    count(*) as meetings,
    sum(case when answered > 0 then 1 else 0 end) as meetings_known,
    sum(case when present > 0 then 1 else 0 end) as meetings_joined,
    sum(seats) as seats,
    sum(invited) as invited,
    sum(answered) as answered,
    sum(present) as present
from meeting
group by area_code, period, body, side
