/*
title = "利用勧奨の実施率"
kind = "proportion"
period = "month"
unit = "％"
numerator = "利用勧奨が「有」の紹介件数"
denominator = "利用勧奨の有無が記入された紹介件数（紹介元が自立相談支援機関であるものを除く。）"
notice = ["N4"]
reading = "higher_better"
returns = ["referral"]
source = "相互紹介記録（市区町村提出）"
note = "生活困窮者自立支援法第8条第2項の努力義務は福祉事務所設置自治体のもの。紹介元には庁外の機関を含む。利用勧奨が未記入の紹介は分母に含めない。"
public = true
gain = "利用勧奨のある紹介"

[breakdown]
name = "紹介元部署"
splits = "both"
*/
-- One row per municipality, month in which the person was noticed, and category of the referring department.
-- No filter on "recommended": cases without a single answer leave a denominator of 0, which says "not sent".
select
    area_code,
    period,
    from_department as breakdown,
    sum(case when recommended then 1 else 0 end) as numerator,
    count(recommended) as denominator
from core.referral
where from_department <> '自立相談支援機関'
group by area_code, period, from_department
