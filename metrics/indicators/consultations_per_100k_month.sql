/*
title = "新規相談受付件数（人口10万人・1か月当たり）"
kind = "rate"
period = "month"
unit = "件（人口10万人・1か月当たり）"
numerator = "新規相談受付件数"
denominator = "件数の提出があった月ごとの人口の合計（人口×月数）"
notice = ["N1"]
reading = "neither"
returns = ["consultation"]
source = "月次相談件数（市区町村提出）、人口は国勢調査"
note = "値は困窮者支援側（自立相談支援機関）のもの。厚生労働省の公表値と同じく1か月当たりであり、年当たりではない。件数が多いことは良し悪しを示さない。"
public = true

[breakdown]
name = "相談を受けた側"
splits = "both"
headline = ["support"]
labels = { support = "困窮者支援側", connection = "孤独・孤立側" }
*/
-- One row per municipality, month and side that reported. A count that was not sent leaves a denominator of 0.
select
    month.area_code,
    month.period,
    consultation.side as breakdown,
    coalesce(consultation.new_consultations, 0) as numerator,
    case when consultation.new_consultations is null then 0 else month.population end as denominator
from core.area_month as month
inner join core.consultation as consultation
    on consultation.area_code = month.area_code
    and consultation.period = month.period
where month.return_id = 'consultation'
    and month.population is not null
