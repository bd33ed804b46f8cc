-- one row = municipality of the prefecture this database serves
-- data_end: how far its referrals were followed. The last day of its last reported month, or a later first
-- consultation on record, but never after the day on which its last file came.
create or replace table core.area as
with reported as (
    select c.area_code, max(c.period) as last_period, max(l.received) as last_received
    from raw.coverage as c
    inner join raw.load as l on l.load_id = c.load_id
    where c.return_id = 'referral'
    group by c.area_code
),
contacted as (
    select area_code, max(contact_date) as last_contact
    from corrected.referral
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
    least(
        greatest(last_day(cast(r.last_period || '-01' as date)), coalesce(k.last_contact, date '1900-01-01')),
        r.last_received
    ) as data_end
from ref.municipality as m
left join reported as r on r.area_code = m.area_code
left join contacted as k on k.area_code = m.area_code
where m.pref_code = (select value from raw.setting where name = 'prefecture');
