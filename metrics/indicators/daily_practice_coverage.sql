/*
title = "日常的な連携の4つの取組の実施"
kind = "count"
period = "fiscal_year"
unit = "取組の割合（％）"
numerator = "実施している取組の数"
denominator = "4つの取組のうち回答があったもの"
notice = ["N3"]
reading = "higher_better"
returns = ["practice"]
source = "年次連携状況（市区町村提出）"
note = "連絡調整担当・情報共有の機会・合同研修・双方のリーフレットの4つ。回数の取組は1回以上を実施とする。回答のない取組（未記入、x、-、…）は分母に含めず、「無」とは数えない。"
public = true

[breakdown]
name = "取組"
splits = "both"
labels = { liaison = "連絡調整担当", sharing = "情報共有の機会", training = "合同研修", leaflets = "双方のリーフレット" }
*/
-- One row per municipality, fiscal year and practice. A question left blank leaves a denominator of 0.
with answer as (
    select area_code, fiscal_year, 'liaison' as breakdown, liaison_designated as is_done
    from core.practice
    union all
    select area_code, fiscal_year, 'sharing', information_sharing_count > 0
    from core.practice
    union all
    select area_code, fiscal_year, 'training', joint_training_count > 0
    from core.practice
    union all
    select area_code, fiscal_year, 'leaflets', leaflets_both
    from core.practice
)
select
    area_code,
    cast(fiscal_year as varchar) as period,
    breakdown,
    case when is_done then 1 else 0 end as numerator,
    case when is_done is null then 0 else 1 end as denominator
from answer
