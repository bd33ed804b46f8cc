-- one row = one organisation at one meeting
-- The category sent wins over the one its name suggests; a side not sent is told by the two categories that have one.
create or replace table core.attendance as
with named as (
    select
        m.*,
        coalesce(c.category, o.category, '未記入') as own_category
    from corrected.meeting as m
    left join raw.organisation as o on o.name = m.organisation
    left join raw.organisation as c on c.name = m.category
)
select
    n.area_code,
    n.meeting_id,
    n.body,
    n.held_date,
    strftime(n.held_date, '%Y-%m') as period,
    cast(year(n.held_date) - (month(n.held_date) < 4)::int as int) as fiscal_year,
    n.organisation,
    n.own_category as category,
    coalesce(
        n.side,
        case n.own_category when '自立相談支援機関' then 'support' when '孤独・孤立' then 'connection' end
    ) as side,
    n.invited,
    n.attendance
from named as n
inner join core.area as a on a.area_code = n.area_code;
