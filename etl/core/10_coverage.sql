-- one row = return × municipality × month that was received in at least one file
create or replace table core.coverage as
select
    return_id,
    area_code,
    period,
    case
        when sum(quarantined_count) > 0 then 'partial'
        when sum(row_count) = 0 then 'zero'
        else 'received'
    end as state,
    cast(sum(row_count) as bigint) as row_count,
    cast(substr(period, 1, 4) as int) - (substr(period, 6, 2) < '04')::int as fiscal_year
from raw.coverage
group by return_id, area_code, period;
