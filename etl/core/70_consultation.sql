-- one row = municipality × month × side
-- A count that was hidden, does not exist or is not known is null with its mark beside it; null without a mark was not sent.
create or replace table core.consultation as
select
    c.area_code,
    c.month as period,
    cast(substr(c.month, 1, 4) as int) - (substr(c.month, 6, 2) < '04')::int as fiscal_year,
    c.side,
    c.new_consultations,
    c.new_consultations_mark,
    c.both_needs,
    c.both_needs_mark,
    c.outreach,
    c.outreach_mark,
    c.plans,
    c.plans_mark
from corrected.consultation as c
inner join core.area as a on a.area_code = c.area_code;
