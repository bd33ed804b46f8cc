/*
title = "情報提供の根拠が未記録の割合"
kind = "proportion"
period = "month"
unit = "％"
numerator = "提供根拠が「未記録」の紹介件数"
denominator = "つなぎ日があり、提供根拠の欄が記入された紹介件数（「未記録」を含む。）"
notice = ["N10"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "個人情報保護法第69条のどの規定により提供したかの記録を見る。未記録は、根拠がなかったことを意味しない。つないでいない人は含まない。欄の未記入は「未記録」と分け、その割合は、つなぎ日のある全ての紹介件数を分母とする。"
public = false

[breakdown]
name = "提供根拠"
splits = "numerator"
headline = ["unrecorded"]
labels = { consent = "本人同意（2項1号）", law = "法令に基づく（1項）", item2 = "2項2号", item3 = "2項3号", item4 = "2項4号", meeting = "会議体内の共有", unrecorded = "未記録", blank = "未記入" }
*/
-- One row per municipality, month in which the person was noticed, and legal basis (all, also with 0).
-- A field left blank was not sent: only its own share is taken of all that were handed over.
with basis(code) as (
    values ('consent'), ('law'), ('item2'), ('item3'), ('item4'), ('meeting'), ('unrecorded'), ('blank')
)
select
    referral.area_code,
    referral.period,
    basis.code as breakdown,
    sum(case when coalesce(referral.legal_basis, 'blank') = basis.code then 1 else 0 end) as numerator,
    case when basis.code = 'blank' then count(*) else count(referral.legal_basis) end as denominator
from core.referral as referral
cross join basis
where referral.handover_date is not null
group by referral.area_code, referral.period, basis.code
