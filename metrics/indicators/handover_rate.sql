/*
title = "つなぎの実施率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "つなぎ日のある紹介件数"
denominator = "紹介件数"
notice = ["N2", "N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "つなぎ日の記入がない紹介は、つながっていないものとして数える。直近の月は、これからつながる紹介を含むため低めに出る。"
public = true
gain = "つなぎに至る紹介"

[breakdown]
name = "紹介の方向"
splits = "both"
labels = { connection_to_support = "孤独・孤立側から困窮者支援側へ", support_to_connection = "困窮者支援側から孤独・孤立側へ", other = "その他" }
*/
-- One row per municipality, month in which the person was noticed, and direction of the referral.
select
    area_code,
    period,
    direction as breakdown,
    count(handover_date) as numerator,
    count(*) as denominator
from core.referral
group by area_code, period, direction
