/*
title = "双方向の紹介に占める困窮者支援側への割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "孤独・孤立側から困窮者支援側への紹介件数"
denominator = "両側の間の紹介件数（方向が「その他」のものを除く。）"
notice = ["N1", "N2"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "50％は両方向の紹介が同数であることを示す。どちらに偏るかは良し悪しを示さない。方向は自立相談支援機関が紹介先か紹介元かで定めるため、紹介元・紹介先が未記入又は未分類の紹介は「その他」となり、数えないことがある。"
public = true
*/
-- One row per municipality and month in which the person was noticed; no breakdown.
select
    area_code,
    period,
    'all' as breakdown,
    sum(case when direction = 'connection_to_support' then 1 else 0 end) as numerator,
    count(*) as denominator
from core.referral
where direction <> 'other'
group by area_code, period
