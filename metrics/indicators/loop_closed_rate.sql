/*
title = "紹介結果の把握率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "結果が記入された紹介件数（「未定」を除く。）"
denominator = "つなぎ日から60日以上経過した紹介件数"
notice = ["N2", "N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "紹介した後にどうなったかが紹介元に戻り、記録されたものの割合。つなぎから提出データの末日まで60日に満たない紹介は数えない（60日は本指標で定めた観察期間）。未記入と「未定」は戻っていないものとして数えるが、どの月にも結果の記入が全くない市区町村は未提出とする。"
public = true

[breakdown]
name = "紹介の方向"
splits = "both"
labels = { connection_to_support = "孤独・孤立側から困窮者支援側へ", support_to_connection = "困窮者支援側から孤独・孤立側へ", other = "その他" }
*/
-- One row per municipality, month in which the person was noticed, and direction of the referral.
-- A blank is an outcome not known here, but a municipality that never fills in the field has not sent it.
with referral as (
    select
        area_code,
        period,
        direction,
        count(result) as answers,
        sum(case when followed_days >= 60 and result <> 'undecided' then 1 else 0 end) as closed,
        sum(case when followed_days >= 60 then 1 else 0 end) as followed
    from core.referral
    group by area_code, period, direction
),
area as (
    select area_code, sum(answers) as answers from referral group by area_code
)
select
    referral.area_code,
    referral.period,
    referral.direction as breakdown,
    referral.closed as numerator,
    case when area.answers > 0 then referral.followed else 0 end as denominator
from referral
inner join area on area.area_code = referral.area_code
where referral.followed > 0
