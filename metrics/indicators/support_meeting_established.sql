/*
title = "支援会議の設置"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "支援会議を設置している福祉事務所設置自治体の数"
denominator = "設置の有無の回答があった福祉事務所設置自治体の数"
notice = ["N7"]
reading = "neither"
returns = ["practice"]
source = "年次連携状況（市区町村提出）、福祉事務所の有無は回答又は法律による"
note = "設置の努力義務は令和7年4月1日から福祉事務所設置自治体のもの。令和6年度以前の値は努力義務の前の状況であり、義務の達成を示さない（内訳で分けている。）。福祉事務所のない町村と有無が不明の町村は値に含めず、内訳にのみ示す。未記入の市区町村は未提出とし、「無」とは数えない。"
public = true

[breakdown]
name = "努力義務との関係"
splits = "both"
headline = ["bound", "before_duty"]
labels = { bound = "福祉事務所設置自治体（努力義務）", before_duty = "福祉事務所設置自治体（努力義務の前）", without_office = "福祉事務所なし", office_unknown = "福祉事務所の有無が不明" }
*/
-- One row per municipality and fiscal year that was answered, by whether the duty of effort binds it in that year.
-- Whether there is a welfare office: the answer, else the law (every city); unknown is not "no".
with answer as (
    select
        practice.area_code,
        practice.fiscal_year,
        practice.support_meeting_established as is_there,
        coalesce(practice.has_welfare_office, area.has_welfare_office) as has_office
    from core.practice as practice
    left join core.area as area on area.area_code = practice.area_code
)
select
    area_code,
    cast(fiscal_year as varchar) as period,
    case
        when has_office is null then 'office_unknown'
        when not has_office then 'without_office'
        when fiscal_year < 2025 then 'before_duty'
        else 'bound'
    end as breakdown,
    case when is_there then 1 else 0 end as numerator,
    case when is_there is null then 0 else 1 end as denominator
from answer
