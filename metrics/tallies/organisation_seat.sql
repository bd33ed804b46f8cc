/*
title = "会議体の構成機関"
keys = ["body", "organisation", "category", "side"]
counts = ["seats", "answered", "present"]
*/
-- one row = municipality × month × kind of meeting × organisation: at how many meetings it was listed, and came
select
    area_code,
    period,
    body,
    organisation,
    category,
    coalesce(side, 'not_recorded') as side,
    count(*) as seats,
    count(attendance) as answered,
    sum(case when attendance in ('present', 'proxy') then 1 else 0 end) as present
from core.attendance
group by area_code, period, body, organisation, category, coalesce(side, 'not_recorded')
