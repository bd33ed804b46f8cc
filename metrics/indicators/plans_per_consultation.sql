/*
title = "新規相談1件当たりのプラン作成件数"
kind = "ratio"
period = "fiscal_year"
unit = "件（新規相談1件当たり）"
numerator = "プラン作成件数"
denominator = "新規相談受付件数"
notice = ["N1"]
reading = "neither"
returns = ["consultation"]
source = "月次相談件数（市区町村提出）"
note = "値は困窮者支援側（自立相談支援機関）のもの。両方の件数がある月だけを年度で合計する。プランは前の月までの相談に対するものを含むため、月ごとには示さず、1を超えることもある。厚生労働省の公表値から求めた比と比べられる。プランの欄が「-」の側は対象外、空欄・秘匿・不詳の月は数えない。"
public = true

[breakdown]
name = "相談を受けた側"
splits = "both"
headline = ["support"]
labels = { support = "困窮者支援側", connection = "孤独・孤立側" }
*/
-- One row per municipality, fiscal year and side that makes plans. A year without one month of both counts is 0 of 0,
-- which says "not sent"; one without a new consultation has nothing to count.
select
    area_code,
    cast(fiscal_year as varchar) as period,
    side as breakdown,
    coalesce(sum(case when new_consultations is not null then plans end), 0) as numerator,
    coalesce(sum(case when plans is not null then new_consultations end), 0) as denominator
from core.consultation
where coalesce(plans_mark, 'sent') <> 'none'
group by area_code, fiscal_year, side
having sum(case when plans is not null then new_consultations end) > 0
    or count(case when new_consultations is not null then plans end) = 0
