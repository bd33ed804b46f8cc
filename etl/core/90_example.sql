-- one row = one case
-- is_public only where the municipality said so: blank, no and 「要確認」 are all not public.
-- fiscal_year: of the day its content is as of; of a case that names no such day, the day it came.
create or replace table core.example as
select
    e.area_code,
    e.example_id,
    e.case_title,
    e.category,
    e.population,
    e.indicators,
    e.partners,
    e.meeting_form,
    e.reason,
    e.first_steps,
    e.devices,
    e.benefits,
    e.difficulties,
    e.outcome,
    e.challenges,
    e.contact,
    e.publication,
    coalesce(e.publication = 'yes', false) as is_public,
    e.source,
    e.started_date,
    e.updated_date,
    cast(
        year(coalesce(e.updated_date, l.received)) - (month(coalesce(e.updated_date, l.received)) < 4)::int as int
    ) as fiscal_year
from corrected.example as e
inner join core.area as a on a.area_code = e.area_code
inner join raw.load as l on l.load_id = e.load_id;
