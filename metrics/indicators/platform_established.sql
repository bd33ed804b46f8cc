/*
title = "官民連携プラットフォームの設置"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "官民連携プラットフォームを設置している市区町村数"
denominator = "設置の有無の回答があった市区町村数"
notice = ["N5"]
reading = "neither"
returns = ["practice"]
source = "年次連携状況（市区町村提出）"
note = "孤独・孤立対策推進法第11条（令和6年4月1日施行）による。法の施行前に設けたものを含む。通知は設置されたものへの参画を求めており、設置の多少は良し悪しを示さない。未記入の市区町村は未提出とし、「無」とは数えない。"
public = true
*/
-- One row per municipality and fiscal year that was answered; no breakdown.
-- A question left blank or marked leaves a denominator of 0, which says "not sent": blank is not "no".
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'all' as breakdown,
    case when platform_established then 1 else 0 end as numerator,
    case when platform_established is null then 0 else 1 end as denominator
from core.practice
