/*
title = "初回相談から90日以内のプラン作成率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "初回相談日から90日以内にプランが作成された紹介件数"
denominator = "自立相談支援機関への紹介のうち、初回相談日から90日以上経過したものの件数"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "初回相談日から提出データの末日まで90日に満たない紹介は、プランの有無にかかわらず数えない（90日は本指標で定めた観察期間）。プラン作成日の記入がないものは、作成に至っていないものとして数える。つなぎ日の記入がない紹介は数えない。プランを要しない相談もあり、割合の高低は良し悪しを示さない。"
public = true

[breakdown]
name = "紹介元部署"
splits = "both"
*/
-- One row per municipality, month in which the person was noticed, and category of the referring department.
-- What is left of the follow-up after the first contact is the time in which a plan could be made.
select
    area_code,
    period,
    from_department as breakdown,
    sum(case when days_to_plan <= 90 then 1 else 0 end) as numerator,
    count(*) as denominator
from core.referral
where direction = 'connection_to_support'
    and followed_days - days_to_contact >= 90
group by area_code, period, from_department
