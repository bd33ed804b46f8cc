/*
title = "参画依頼に応じた困窮者支援側の機関の割合"
kind = "proportion"
period = "fiscal_year"
unit = "％"
numerator = "年度中に1回以上、出席又は代理出席した機関数"
denominator = "プラットフォームへの参画依頼を受け、出欠の記録がある困窮者支援側の機関数"
notice = ["N2", "N5"]
reading = "higher_better"
returns = ["meeting"]
source = "会議開催・出席記録（市区町村提出）"
note = "困窮者支援側と双方に関わる機関について、機関ごとに年度で1回数える（延べではない。）。機関は記録された名称で区別する。書面での参加は応じたものに数えない。参画依頼が全て「無」の場合は対象外、参画依頼又は出欠の記入が全くない場合は未提出とする。"
public = true

[breakdown]
name = "機関の区分"
splits = "both"
labels = { agency = "自立相談支援機関", welfare = "福祉部局", other = "その他の機関" }
*/
-- One row per municipality, fiscal year, and kind of organisation; counts organisations, each once a year.
-- None invited gives no row; no word on whether they were invited, or on whether they came, leaves 0 of 0.
with organisation as (
    select
        area_code,
        fiscal_year,
        organisation,
        max(case when category = '自立相談支援機関' then 2 when category = '福祉' then 1 else 0 end) as kind,
        max(case when invited is not null then 1 else 0 end) as is_known,
        max(case when invited then 1 else 0 end) as is_invited,
        max(case when attendance is not null then 1 else 0 end) as is_answered,
        max(case when attendance in ('present', 'proxy') then 1 else 0 end) as has_come
    from core.attendance
    where body = 'platform'
        and side in ('support', 'both')
    group by area_code, fiscal_year, organisation
)
select
    area_code,
    cast(fiscal_year as varchar) as period,
    case when kind = 2 then 'agency' when kind = 1 then 'welfare' else 'other' end as breakdown,
    sum(case when is_invited = 1 then has_come else 0 end) as numerator,
    sum(case when is_invited = 1 then is_answered else 0 end) as denominator
from organisation
group by area_code, fiscal_year, kind
having sum(is_invited) > 0
    or sum(is_known) = 0
