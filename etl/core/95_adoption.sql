-- one row = one stage that a municipality reached with one case, as entered at the desk
create or replace table core.adoption as
select
    d.area_code,
    d.example_id,
    d.example_area_code,
    d.stage,
    d.adopted_date,
    cast(year(d.adopted_date) - (month(d.adopted_date) < 4)::int as int) as fiscal_year
from raw.adoption as d
inner join core.area as a on a.area_code = d.area_code;
