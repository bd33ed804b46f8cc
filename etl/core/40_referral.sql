-- one row = one referral
-- A view: the cube reads it a few columns at a time, which costs less than writing every referral a second time.
create or replace view core.referral as
with named as (
    select
        r.*,
        coalesce(f.category, '未記入') as from_category,
        coalesce(t.category, '未記入') as to_category
    from corrected.referral as r
    left join raw.organisation as f on f.name = r.from_department
    left join raw.organisation as t on t.name = r.to_agency
)
select
    n.area_code,
    n.referral_id,
    n.caught_date,
    strftime(n.caught_date, '%Y-%m') as period,
    cast(year(n.caught_date) - (month(n.caught_date) < 4)::int as int) as fiscal_year,
    case
        when n.to_category = '自立相談支援機関' then 'connection_to_support'
        when n.from_category = '自立相談支援機関' then 'support_to_connection'
        else 'other'
    end as direction,
    n.from_category as from_department,
    n.to_category as to_agency,
    n.recommended,
    n.consent,
    n.legal_basis,
    n.handover_date,
    n.contact_date,
    n.plan_date,
    cast(n.contact_date - n.handover_date as int) as days_to_contact,
    cast(n.plan_date - n.contact_date as int) as days_to_plan,
    cast(a.data_end - n.handover_date as int) as followed_days,
    n.result,
    n.need,
    n.age_band,
    n.sex,
    n.household
from named as n
inner join core.area as a on a.area_code = n.area_code;
