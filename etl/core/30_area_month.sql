-- one row = return × municipality × month that it reported, with the latest population not after that month
create or replace table core.area_month as
with months as (
    select return_id, area_code, period, last_day(cast(period || '-01' as date)) as month_end
    from core.coverage
    where return_id in ('referral', 'consultation')
)
select
    m.return_id,
    m.area_code,
    m.period,
    cast(substr(m.period, 1, 4) as int) - (substr(m.period, 6, 2) < '04')::int as fiscal_year,
    arg_max(p.population, p.as_of) as population,
    max(p.as_of) as population_as_of
from months as m
left join ref.population as p on p.area_code = m.area_code and p.as_of <= m.month_end
group by m.return_id, m.area_code, m.period;
