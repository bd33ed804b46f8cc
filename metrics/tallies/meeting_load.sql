/*
title = "会議の開催と所要時間"
keys = ["body", "form", "activity"]
counts = ["meetings", "timed", "minutes", "timed_present", "person_minutes", "cases", "shared_cases"]
*/
-- one row = municipality × month × kind of meeting × form of holding × activity
-- person_minutes: minutes of each timed meeting times the organisations that came to it.
with came as (
    select
        area_code,
        meeting_id,
        sum(case when attendance in ('present', 'proxy') then 1 else 0 end) as present
    from core.attendance
    group by area_code, meeting_id
)
select
    meeting.area_code,
    meeting.period,
    meeting.body,
    coalesce(meeting.form, 'not_recorded') as form,
    coalesce(meeting.activity, 'not_recorded') as activity,
    count(*) as meetings,
    count(meeting.minutes) as timed,
    coalesce(sum(meeting.minutes), 0) as minutes,
    coalesce(sum(case when meeting.minutes is not null then came.present end), 0) as timed_present,
    coalesce(sum(meeting.minutes * came.present), 0) as person_minutes,
    coalesce(sum(meeting.case_count), 0) as cases,
    coalesce(sum(meeting.shared_case_count), 0) as shared_cases
from core.meeting as meeting
left join came
    on came.area_code = meeting.area_code
    and came.meeting_id = meeting.meeting_id
group by
    meeting.area_code,
    meeting.period,
    meeting.body,
    coalesce(meeting.form, 'not_recorded'),
    coalesce(meeting.activity, 'not_recorded')
