/*
title = "取組事例を提供した市区町村"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "年度中に取組事例を1件以上提供した市区町村数"
denominator = "都道府県内の全ての市区町村数"
notice = ["N9"]
reading = "neither"
returns = []
source = "取組事例（市区町村提出）"
note = "年度は事例の更新日（内容の時点）、更新日のないときは受領日による。提供は任意のため、提供のない市区町村は0と数え、未提出とはしない。提供がないことは良し悪しを示さない。"
public = true
*/
-- One row per municipality of the prefecture and fiscal year with any return or case; no breakdown.
-- Nobody owes a case, so one that gave none is 0 of 1 and not "not sent".
with years as (
    select fiscal_year from core.coverage
    union
    select fiscal_year from core.example
),
contributor as (
    select area_code, fiscal_year
    from core.example
    group by area_code, fiscal_year
)
select
    area.area_code,
    cast(years.fiscal_year as varchar) as period,
    'all' as breakdown,
    case when contributor.area_code is null then 0 else 1 end as numerator,
    1 as denominator
from core.area as area
cross join years
left join contributor
    on contributor.area_code = area.area_code
    and contributor.fiscal_year = years.fiscal_year
