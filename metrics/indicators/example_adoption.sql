/*
title = "他の市区町村の事例を取り入れた市区町村"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "年度中に他の市区町村の事例を1件以上取り入れた市区町村数"
denominator = "都道府県内の全ての市区町村数"
notice = ["N9"]
reading = "neither"
returns = []
source = "都道府県による記録"
note = "都道府県の担当者が画面から記録したもののうち「取り入れた」とされたもので、記録に書かれた日の年度による。記録のない市区町村は0と数え、どの市区町村の記録もない年度は対象外とする。自らの事例は数えない。内訳の段階は、その年度に記録があればそれぞれに数えるため、重なることがある。"
public = true

[breakdown]
name = "段階"
splits = "numerator"
headline = ["adopted"]
labels = { looked = "見た", tried = "試した", adopted = "取り入れた" }
*/
-- One row per municipality of the prefecture, fiscal year with any such record, and stage (all three, also with 0).
with stage as (
    select 'looked' as breakdown
    union all select 'tried'
    union all select 'adopted'
),
adoption as (
    select area_code, fiscal_year, stage
    from core.adoption
    where example_area_code <> area_code
    group by area_code, fiscal_year, stage
),
years as (
    select fiscal_year
    from adoption
    group by fiscal_year
)
select
    area.area_code,
    cast(years.fiscal_year as varchar) as period,
    stage.breakdown,
    case when adoption.area_code is null then 0 else 1 end as numerator,
    1 as denominator
from core.area as area
cross join years
cross join stage
left join adoption
    on adoption.area_code = area.area_code
    and adoption.fiscal_year = years.fiscal_year
    and adoption.stage = stage.breakdown
