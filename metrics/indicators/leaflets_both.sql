/*
title = "双方の窓口へのリーフレットの配架"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "双方の窓口に相手側のリーフレットを置いている市区町村数"
denominator = "回答があった市区町村数"
notice = ["N3"]
reading = "higher_better"
returns = ["practice"]
source = "年次連携状況（市区町村提出）"
note = "通知3(1)の日常的な連携の一つ。一方の窓口だけの場合は含めない。未記入の市区町村は未提出とし、「無」とは数えない。"
public = true
*/
-- One row per municipality and fiscal year that was answered; no breakdown.
-- A question left blank or marked leaves a denominator of 0, which says "not sent": blank is not "no".
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'all' as breakdown,
    case when leaflets_both then 1 else 0 end as numerator,
    case when leaflets_both is null then 0 else 1 end as denominator
from core.practice
