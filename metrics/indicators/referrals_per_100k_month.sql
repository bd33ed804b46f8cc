/*
title = "相互紹介件数（人口10万人・1か月当たり）"
kind = "rate"
period = "month"
unit = "件（人口10万人・1か月当たり）"
numerator = "紹介件数"
denominator = "提出のあった月ごとの人口の合計（人口×月数）"
notice = ["N1", "N2"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）、人口は国勢調査"
note = "件数が多いことは、ニーズの多さと把握の広さの両方を含むため、良し悪しを示さない。人口は各月以前で直近の国勢調査による。"
public = true

[breakdown]
name = "紹介の方向"
splits = "numerator"
labels = { connection_to_support = "孤独・孤立側から困窮者支援側へ", support_to_connection = "困窮者支援側から孤独・孤立側へ", other = "その他" }
*/
-- One row per municipality, covered month (also without a referral), and direction of the referral.
with direction as (
    select 'connection_to_support' as breakdown
    union all select 'support_to_connection'
    union all select 'other'
),
referral as (
    select area_code, period, direction as breakdown, count(*) as referrals
    from core.referral
    group by area_code, period, direction
)
select
    month.area_code,
    month.period,
    direction.breakdown,
    coalesce(referral.referrals, 0) as numerator,
    month.population as denominator
from core.area_month as month
cross join direction
left join referral
    on referral.area_code = month.area_code
    and referral.period = month.period
    and referral.breakdown = direction.breakdown
where month.return_id = 'referral'
    and month.population is not null
