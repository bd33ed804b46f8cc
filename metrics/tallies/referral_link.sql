/*
title = "紹介の流れ"
keys = ["direction", "step", "source", "target"]
counts = ["referrals"]
*/
-- one row = municipality × month × direction × step of the flow: department to agency, agency to result
select
    area_code, period, direction, 'agency' as step, from_department as source, to_agency as target,
    count(*) as referrals
from core.referral
group by area_code, period, direction, from_department, to_agency
union all
select
    area_code, period, direction, 'result' as step, to_agency as source,
    coalesce(result, 'not_recorded') as target,
    count(*) as referrals
from core.referral
group by area_code, period, direction, to_agency, coalesce(result, 'not_recorded')
