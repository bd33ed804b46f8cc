/*
title = "本人同意の状況"
kind = "proportion"
period = "month"
unit = "％"
numerator = "本人同意が「有」の紹介件数"
denominator = "本人同意の有無が記入された紹介件数（未確認を含む。）"
notice = ["N10"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "同意なし・未確認であっても、法令に基づく提供など本人同意によらない提供がありうる。未記入の割合は全ての紹介件数を分母とする。"
public = false

[breakdown]
name = "本人同意"
splits = "numerator"
headline = ["given"]
labels = { given = "同意あり", refused = "同意なし", unasked = "未確認", not_recorded = "未記入" }
*/
-- One row per municipality, month in which the person was noticed, and state of consent (all four, also with 0).
-- What was not sent is no refusal: only the share not recorded is taken of all referrals.
with consent as (
    select 'given' as breakdown
    union all select 'refused'
    union all select 'unasked'
    union all select 'not_recorded'
),
referral as (
    select area_code, period, coalesce(consent, 'not_recorded') as state, count(*) as referrals
    from core.referral
    group by area_code, period, coalesce(consent, 'not_recorded')
)
select
    referral.area_code,
    referral.period,
    consent.breakdown,
    sum(case when referral.state = consent.breakdown then referral.referrals else 0 end) as numerator,
    sum(
        case when consent.breakdown = 'not_recorded' or referral.state <> 'not_recorded' then referral.referrals else 0 end
    ) as denominator
from referral
cross join consent
group by referral.area_code, referral.period, consent.breakdown
