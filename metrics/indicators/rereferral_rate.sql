/*
title = "他機関への再紹介の割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "結果が「他機関へ紹介」の紹介件数"
denominator = "結果が記入された紹介件数（「未定」を除く。）"
notice = ["N2", "N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "紹介先から更に他の機関へ紹介されたものの割合。紹介先が合わなかった場合と、必要な支援が複数にわたる場合の両方を含み、高低は良し悪しを示さない。結果が未記入又は「未定」の紹介は分母に含めない。"
public = true

[breakdown]
name = "紹介先機関"
splits = "both"
*/
-- One row per municipality, month in which the person was noticed, and category of the agency referred to.
-- Undecided ones are out; those left blank stay as rows of 0, since a field never filled in is not sent.
select
    area_code,
    period,
    to_agency as breakdown,
    sum(case when result = 'passed_on' then 1 else 0 end) as numerator,
    count(result) as denominator
from core.referral
where coalesce(result, 'not_recorded') <> 'undecided'
group by area_code, period, to_agency
