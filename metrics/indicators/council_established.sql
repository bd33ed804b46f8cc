/*
title = "孤独・孤立対策地域協議会の設置"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "地域協議会を設置している市区町村数"
denominator = "設置の有無の回答があった市区町村数"
notice = ["N6"]
reading = "higher_better"
returns = ["practice"]
source = "年次連携状況（市区町村提出）"
note = "孤独・孤立対策推進法第15条第1項（令和6年4月1日施行）により、地方公共団体が置くよう努めるもの。施行された令和6年度から数え、それより前の年度は対象外とする。未記入の市区町村は未提出とし、「無」とは数えない。"
public = true
*/
-- One row per municipality and fiscal year that was answered, from the year in which the act came into force.
-- A question left blank or marked leaves a denominator of 0, which says "not sent": blank is not "no".
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'all' as breakdown,
    case when council_established then 1 else 0 end as numerator,
    case when council_established is null then 0 else 1 end as denominator
from core.practice
where fiscal_year >= 2024
