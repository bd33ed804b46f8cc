/*
title = "紹介の段階別の件数"
keys = ["direction", "from_department"]
counts = [
    "referrals", "recommendation_known", "recommended", "consent_known", "consented", "handed_over", "contacted",
    "planned",
]
*/
-- one row = municipality × month × direction × referring department, with how many reached each stage
-- Recommendation and consent are answers: those not filled in are not "no", so how many are known stands beside.
select
    area_code,
    period,
    direction,
    from_department,
    count(*) as referrals,
    count(recommended) as recommendation_known,
    sum(case when recommended then 1 else 0 end) as recommended,
    count(consent) as consent_known,
    sum(case when consent = 'given' then 1 else 0 end) as consented,
    count(handover_date) as handed_over,
    count(contact_date) as contacted,
    count(plan_date) as planned
from core.referral
group by area_code, period, direction, from_department
