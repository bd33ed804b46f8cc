-- one row = municipality × fiscal year
-- A day of establishment is also an answer to whether there is one.
create or replace table core.practice as
select
    p.area_code,
    p.fiscal_year,
    p.welfare_office as has_welfare_office,
    coalesce(p.platform, p.platform_established_date is not null or null) as platform_established,
    coalesce(p.platform_established_date, p.platform_date) as platform_established_date,
    p.platform_other_side,
    coalesce(p.council, p.council_established_date is not null or null) as council_established,
    coalesce(p.council_established_date, p.council_date) as council_established_date,
    p.council_other_side,
    coalesce(p.support_meeting, p.support_meeting_established_date is not null or null) as support_meeting_established,
    coalesce(p.support_meeting_established_date, p.support_meeting_date) as support_meeting_established_date,
    p.support_meeting_other_side,
    p.liaison as liaison_designated,
    p.information_sharing as information_sharing_count,
    p.information_sharing_mark as information_sharing_count_mark,
    p.joint_training as joint_training_count,
    p.joint_training_mark as joint_training_count_mark,
    p.leaflets_both,
    p.recommendation_procedure
from corrected.practice as p
inner join core.area as a on a.area_code = p.area_code;
