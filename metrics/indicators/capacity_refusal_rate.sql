/*
title = "余力不足による受入不可の割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "結果が「受入不可(余力なし)」の紹介件数"
denominator = "結果が記入された紹介件数（「未定」を除く。）"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "紹介先の体制に余力がなく受け入れられなかったものの割合。支援する側の体制の課題を示すもので、紹介元の良し悪しを示さない。結果が未記入又は「未定」の紹介は分母に含めない。"
public = false

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
    sum(case when result = 'no_capacity' then 1 else 0 end) as numerator,
    count(result) as denominator
from core.referral
where coalesce(result, 'not_recorded') <> 'undecided'
group by area_code, period, to_agency
