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
*/
-- One row per municipality, month in which the person was noticed, and number of days; no breakdown.
-- The open ones stay in, as last seen on the day their observation ended.
select
    area_code,
    period,
    'all' as breakdown,
    coalesce(days_to_contact, followed_days) as days,
    count(days_to_contact) as events,
    sum(case when days_to_contact is null then 1 else 0 end) as censored
from core.referral
where days_to_contact is not null
    or followed_days is not null
group by area_code, period, coalesce(days_to_contact, followed_days)
