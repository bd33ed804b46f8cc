/*
title = "合同研修の実施"
kind = "count"
period = "fiscal_year"
unit = "市区町村の割合（％）"
numerator = "年度中に合同研修を1回以上実施した市区町村数"
denominator = "回数の回答があった市区町村数"
notice = ["N3"]
reading = "higher_better"
returns = ["practice"]
source = "年次連携状況（市区町村提出）"
note = "通知3(1)の日常的な連携の一つ。回数そのものは「日常の連携」の表に示す。未記入と秘匿（x）は未提出とし、0回とは数えない。「-」「…」と記入した市区町村は対象外とする。"
public = true
*/
-- One row per municipality and fiscal year that was answered; no breakdown.
-- Left blank or hidden, the count leaves a denominator of 0 ("not sent"); one that does not exist has no row.
select
    area_code,
    cast(fiscal_year as varchar) as period,
    'all' as breakdown,
    case when joint_training_count > 0 then 1 else 0 end as numerator,
    case when joint_training_count is null then 0 else 1 end as denominator
from core.practice
where coalesce(joint_training_count_mark, '') not in ('none', 'unknown')
