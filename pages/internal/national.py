"""全国: the ministry's real table. 47 prefectures on a map, the bodies inside one, the years."""

import streamlit as st

from metrics.national import MEASURES
from ui import chart, exports, filters, frame, labels, national, tables
from ui.internal import sections, store
from ui.internal.nation import UNIT, inside, nation, years

version = sections.current_version_or_stop("全国：生活困窮者自立支援制度の支援状況")
frame.page_head(
    "全国：生活困窮者自立支援制度の支援状況（厚生労働省の公表値）",
    None,
    "実データ：令和5・6年度は129の実施主体別、平成27年度からは全国計",
)
year, measure = filters.ministry_filter(national.YEARS, MEASURES)
what = MEASURES[measure]
shown = nation(version, year, measure, what)
table = store.ministry_prefectures(version, year, measure)
about = national.about(year, what)

st.markdown(shown.headline)
left, right = st.columns([1, 1])
with left:
    st.subheader("地図：都道府県別")
    st.pydeck_chart(shown.map, height=470, key="map", alt=f"{what}の都道府県別の地図")
    st.html(shown.legend)
    st.caption("色の濃さは値の大きさを表し、良し悪しを示しません。件数には必要の大きさと把握の広さの両方が表れます。")
with right:
    st.subheader("都道府県の値と95％信頼区間")
    with st.container(height=520, border=False):
        chart.show(shown.ranked, key="ranked", alt=f"{what}の都道府県別の値")
    st.caption("破線は47都道府県の中央値。都道府県の値は、都道府県・指定都市・中核市を1回ずつ足したもの。")
tables.data_table(
    lambda: national.prefecture_table(table, what),
    key="prefectures",
    title=f"{what}・都道府県別（{labels.fiscal_year_text(year)}）",
    about=about,
    pictures=lambda: [
        exports.Picture(exports.AreaMap("japan", national.map_values(table)[0], "rate", UNIT), "地図"),
        exports.Picture(shown.ranked, "都道府県の値"),
    ],
)

st.header("都道府県の中の実施主体")
chosen = filters.prefecture_filter(dict(zip(table["pref_code"], table["pref_name"], strict=True)), "33")
bodies = inside(version, year, measure, what, chosen)
st.markdown(bodies.sentence)
chart.show(bodies.figure, key="bodies", alt="実施主体別の値")
tables.data_table(
    lambda: national.body_table(bodies.table, what),
    key="bodies",
    title=f"{what}・実施主体別（{labels.fiscal_year_text(year)}）",
    about=about,
    pictures=[exports.Picture(bodies.figure)],
)

st.header("全国の推移")
country = years(version, measure, what)
st.markdown(country.sentence)
chart.show(country.figure, key="years", alt="全国の年度別の推移")
st.caption("令和2・3年度は新型コロナウイルス感染症の影響による山です。平成28年度にKPIの定義が変わっています。")
tables.data_table(
    lambda: national.year_table(store.ministry_national(version)),
    key="years",
    title="全国計・年度別",
    about=about,
    pictures=[exports.Picture(country.figure)],
)
frame.page_foot(national.SOURCES)
