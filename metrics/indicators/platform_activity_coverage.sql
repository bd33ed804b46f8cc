/*
title = "プラットフォームの4つの活動の実施"
kind = "count"
period = "fiscal_year"
unit = "活動の割合（％）"
numerator = "年度中に会議で取り上げた活動の数"
denominator = "プラットフォームのある市区町村の4つの活動"
notice = ["N5"]
reading = "neither"
returns = ["meeting"]
source = "会議開催・出席記録・年次連携状況（市区町村提出）"
note = "実態把握・取組方針、情報共有・相互啓発・社会資源開発、住民への発信・普及啓発、人材確保・研修の4つについて、1回でも会議で取り上げれば1と数える。年度中に会議を開いた市区町村と、設置していると回答し会議の記録を提出した市区町村を対象とし、後者で会議がなければ4つとも0。活動区分が全く未記入の場合は未提出とする。会議によらない活動は含まない。"
public = true

[breakdown]
name = "活動"
splits = "both"
labels = { survey = "実態把握・取組方針", sharing = "情報共有・相互啓発・社会資源開発", outreach = "住民への発信・普及啓発", training = "人材確保・研修" }
*/
-- One row per municipality with a platform, fiscal year, and activity; a platform that did not meet has 0 of all four.
with activity as (
    select 'survey' as breakdown
    union all select 'sharing'
    union all select 'outreach'
    union all select 'training'
),
platform as (
    select area_code, fiscal_year
    from core.meeting
    where body = 'platform'
    union
    select practice.area_code, practice.fiscal_year
    from core.practice as practice
    inner join core.coverage as coverage
        on coverage.area_code = practice.area_code
        and coverage.fiscal_year = practice.fiscal_year
        and coverage.return_id = 'meeting'
    where practice.platform_established
)
select
    platform.area_code,
    cast(platform.fiscal_year as varchar) as period,
    activity.breakdown,
    max(case when meeting.activity = activity.breakdown then 1 else 0 end) as numerator,
    max(case when meeting.meeting_id is not null and meeting.activity is null then 0 else 1 end) as denominator
from platform
cross join activity
left join core.meeting as meeting
    on meeting.area_code = platform.area_code
    and meeting.fiscal_year = platform.fiscal_year
    and meeting.body = 'platform'
group by platform.area_code, platform.fiscal_year, activity.breakdown
