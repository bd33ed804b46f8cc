/*
title = "つなぎから初回相談までの日数（中央値）"
kind = "duration"
period = "month"
unit = "日"
numerator = "初回相談に至った紹介件数"
denominator = "つなぎ日のある紹介件数"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "初回相談にまだ至っていない紹介は、提出データの末日までの日数で打切りとして扱う（カプラン・マイヤー法）。半数が初回相談に至っていない場合は中央値を示さない。"
public = false

[breakdown]
name = "紹介の方向"
splits = "both"
labels = { connection_to_support = "孤独・孤立側から困窮者支援側へ", support_to_connection = "困窮者支援側から孤独・孤立側へ", other = "その他" }
*/
-- One row per municipality, month in which the person was noticed, direction of the referral, and number of days.
-- The open ones stay in, as last seen on the day their observation ended.
select
    area_code,
    period,
    direction as breakdown,
    coalesce(days_to_contact, followed_days) as days,
    count(days_to_contact) as events,
    sum(case when days_to_contact is null then 1 else 0 end) as censored
from core.referral
where days_to_contact is not null
    or followed_days is not null
group by area_code, period, direction, coalesce(days_to_contact, followed_days)
