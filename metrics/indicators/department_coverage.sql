/*
title = "紹介のある関係部署の広がり"
kind = "count"
period = "fiscal_year"
unit = "関係部署の割合（％）"
numerator = "年度中に自立相談支援機関への紹介又は利用勧奨が1件以上ある部署の数"
denominator = "福祉・就労・教育・税務・住宅の5部署（福祉事務所設置自治体ごと）"
notice = ["N4"]
reading = "neither"
returns = ["referral"]
source = "相互紹介記録、年次連携状況（市区町村提出）"
note = "生活困窮者自立支援法第8条第2項が挙げる部署。努力義務は福祉事務所設置自治体のものなので、設置していないと分かる町村は対象外（不明は含める）。紹介元部署の記入が全くない年度は未提出とし、未分類の名称は数えない。紹介がない部署には、対象となる人がいなかった場合も含まれる。"
public = true

[breakdown]
name = "部署"
splits = "both"
labels = { "福祉" = "福祉", "就労" = "就労", "教育" = "教育", "税務" = "税務", "住宅" = "住宅" }
*/
-- One row per municipality with a welfare office (unknown: also), fiscal year it reported, and each of the five.
with department(name) as (values ('福祉'), ('就労'), ('教育'), ('税務'), ('住宅')),
reported as (
    select area_code, fiscal_year from core.area_month where return_id = 'referral' group by area_code, fiscal_year
),
referring as (
    select area_code, fiscal_year, from_department,
        max(case when direction = 'connection_to_support' or recommended then 1 else 0 end) as has_any
    from core.referral
    group by area_code, fiscal_year, from_department
)
select
    reported.area_code,
    cast(reported.fiscal_year as varchar) as period,
    department.name as breakdown,
    coalesce(max(case when referring.from_department = department.name then referring.has_any end), 0) as numerator,
    coalesce(max(case when referring.from_department = '未記入' then 0 else 1 end), 1) as denominator
from reported
cross join department
inner join core.area as area on area.area_code = reported.area_code
left join core.practice as practice on practice.area_code = area.area_code and practice.fiscal_year = reported.fiscal_year
left join referring on referring.area_code = area.area_code and referring.fiscal_year = reported.fiscal_year
where coalesce(practice.has_welfare_office, area.has_welfare_office, true)
group by reported.area_code, reported.fiscal_year, department.name
