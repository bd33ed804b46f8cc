/*
title = "自立相談支援機関の新規相談受付件数（人口10万人・1か月当たり）"
kind = "rate"
unit = "件（人口10万人・1か月当たり）"
numerator = "新規相談受付件数（年度計）"
denominator = "対象地区人口×12か月"
notice = ["N1"]
reading = "neither"
returns = []
source = "出典：「生活困窮者自立支援制度支援状況調査」（厚生労働省）を加工して作成"
note = "期間は年度。都道府県の行は指定都市・中核市を除く区域。件数が多いことは良し悪しを示さない。人口は調査の対象地区人口であり、国勢調査の人口と混ぜない。"
public = true
*/
-- One row per body of the ministry's table (prefecture without its larger cities, 指定都市, 中核市) and fiscal year.
-- A city is found by its name within its prefecture; one that is not found keeps a null code, which the cube refuses.
select
    case when body.kind = '都道府県' then body.pref_area_code else city.area_code end as area_code,
    cast(body.fiscal_year as varchar) as period,
    'all' as breakdown,
    body.new_consultations as numerator,
    body.population * 12 as denominator
from ref.ministry_body as body
left join ref.municipality as city
    on city.pref_name = body.pref_name
    and city.name = body.body
    and body.kind <> '都道府県'
where body.new_consultations is not null
    and body.population is not null
