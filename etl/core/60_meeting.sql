-- one row = one meeting; what a file repeats on each organisation's row is taken once
create or replace table core.meeting as
select
    m.area_code,
    m.meeting_id,
    min(m.body) as body,
    min(m.held_date) as held_date,
    strftime(min(m.held_date), '%Y-%m') as period,
    cast(year(min(m.held_date)) - (month(min(m.held_date)) < 4)::int as int) as fiscal_year,
    max(m.form) as form,
    max(m.activity) as activity,
    max(m.case_count) as case_count,
    max(m.shared_case_count) as shared_case_count,
    max(m.minutes) as minutes
from corrected.meeting as m
inner join core.area as a on a.area_code = m.area_code
group by m.area_code, m.meeting_id;
