-- one row = municipality of the prefecture this database serves
-- data_end: how far its referrals were followed. The last day of its last reported month, or a later step on record
-- (a file for June may tell of a handover in July), but never after the day on which its last file came.
-- The people and households are those of the latest census here; region is null where the prefecture lists none.
create or replace table core.area as
with reported as (
    select c.area_code, max(c.period) as last_period, max(l.received) as last_received
    from raw.coverage as c
    inner join raw.load as l on l.load_id = c.load_id
    where c.return_id = 'referral'
    group by c.area_code
),
followed as (
    select area_code, greatest(
            max(caught_date),
            max(coalesce(handover_date, caught_date)),
            max(coalesce(contact_date, caught_date)),
            max(coalesce(plan_date, caught_date))
        ) as last_step
    from corrected.referral
    group by area_code
),
census as (
    select area_code, max(as_of) as latest
    from ref.population
    group by area_code
)
select
    m.area_code,
    m.pref_code,
    m.pref_name,
    m.name,
    m.kana,
    m.type,
    m.has_welfare_office,
    case
        when r.last_period is not null
            then least(
                greatest(
                    last_day(cast(r.last_period || '-01' as date)),
                    coalesce(f.last_step, cast(r.last_period || '-01' as date))
                ),
                r.last_received
            )
    end as data_end,
    p.population,
    p.as_of as population_as_of,
    p.households,
    p.single_households,
    p.population_65plus,
    g.region
from ref.municipality as m
left join reported as r on r.area_code = m.area_code
left join followed as f on f.area_code = m.area_code
left join census as c on c.area_code = m.area_code
left join ref.population as p on p.area_code = m.area_code and p.as_of = c.latest
left join ref.region as g on g.area_code = m.area_code
where m.pref_code = (select value from raw.setting where name = 'prefecture');
