/*
title = "孤独・孤立側から自立相談支援機関へのつなぎ"
kind = "proportion"
period = "month"
unit = "％"
numerator = "自立相談支援機関へつないだ紹介件数（つなぎ日のあるもの）"
denominator = "孤独・孤立の担当が紹介元で、課題に困窮を含む紹介記録の件数"
notice = ["N1", "N2"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "同じ人について課題とつなぎ先が分かる相互紹介記録だけで数える。月次相談件数とは対応が取れないため用いず、紹介記録に上がらなかった相談は含まない。課題が未記入のものは分母に含めない。直近の月は、これからつながる紹介を含むため低めに出る。"
public = true

[breakdown]
name = "つなぎ先"
splits = "numerator"
headline = ["support_agency"]
labels = { support_agency = "自立相談支援機関", elsewhere = "その他の機関" }
*/
-- One row per municipality, month in which the person was noticed, and where to (both values, also with 0).
-- Other needs are out; a need left blank stays as a row of 0, since a field never filled in is not sent.
with destination as (
    select 'support_agency' as breakdown
    union all select 'elsewhere'
)
select
    referral.area_code,
    referral.period,
    destination.breakdown,
    sum(
        case
            when referral.need is null or referral.handover_date is null then 0
            when (referral.to_agency = '自立相談支援機関') = (destination.breakdown = 'support_agency') then 1
            else 0
        end
    ) as numerator,
    count(referral.need) as denominator
from core.referral as referral
cross join destination
where referral.from_department = '孤独・孤立'
    and coalesce(referral.need, 'poverty') in ('poverty', 'both')
group by referral.area_code, referral.period, destination.breakdown
