/*
title = "つなぎから30日以内の初回相談率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "つなぎ日から30日以内に初回相談があった紹介件数"
denominator = "つなぎ日から30日以上経過した紹介件数"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "つなぎから提出データの末日まで30日に満たない紹介は、初回相談の有無にかかわらず数えない（早く相談に至ったものだけが残る偏りを避けるため。）。"
public = true
gain = "30日以内に初回相談に至る紹介"
*/
-- One row per municipality and month in which the person was noticed; no breakdown.
-- Only those observed for 30 days count: taking in the quick ones earlier would raise the share of late months.
select
    area_code,
    period,
    'all' as breakdown,
    sum(case when days_to_contact <= 30 then 1 else 0 end) as numerator,
    count(*) as denominator
from core.referral
where followed_days >= 30
group by area_code, period
