/*
title = "相手側の課題もある新規相談の割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "新規相談のうち相手側の課題（孤独・孤立側では困窮、困窮者支援側では孤独・孤立）もあるもの"
denominator = "新規相談受付件数"
notice = ["N1"]
reading = "neither"
returns = ["consultation"]
source = "月次相談件数（市区町村提出）"
note = "課題の把握の仕方により変わるため、割合の高低は良し悪しを示さない。件数が空欄、秘匿等の月と、新規相談を上回る件数の月は分母に含めない。"
public = true

[breakdown]
name = "相談を受けた側"
splits = "both"
labels = { support = "困窮者支援側", connection = "孤独・孤立側" }
*/
-- One row per municipality, month and side that reported consultations.
-- A count that is blank, marked or greater than its whole leaves a denominator of 0, which says "not sent".
select
    area_code,
    period,
    side as breakdown,
    case when both_needs <= new_consultations then both_needs else 0 end as numerator,
    case when both_needs <= new_consultations then new_consultations else 0 end as denominator
from core.consultation
where new_consultations is null
    or new_consultations > 0
