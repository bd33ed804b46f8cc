"""Characters that look like, or stand for, another one. Data for `text`; nothing here decides anything."""

from __future__ import annotations

import unicodedata

# Half-width katakana block U+FF61–FF9F in code order.
_HALF_KANA = (
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソ"
    "タチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
)

# Kangxi radicals whose compatibility mapping is a pre-war or Chinese form, while Japanese fonts draw the form
# in daily use: text copied from a PDF says 神⼾ and means 神戸.
_KANGXI_IN_JAPAN = {"⼾": "戸", "⿊": "黒", "⿈": "黄", "⾭": "青"}

# CJK radicals supplement: those that are a whole character in Japanese (EquivalentUnifiedIdeograph).
_SUPPLEMENT = dict(
    zip(
        "⺃⺈⺊⺌⺎⺒⺓⺛⺜⺝⺟⺠⺧⺩⺫⺬⺶⺻⺼⻁⻄⻆⻏⻑⻗⻘⻝⻣⻤⻨⻩⻫⻭⻯⻱⻲",
        "乚刀卜小兀巳幺旡日月母民牛王目示羊聿肉虎西角邑長雨青食骨鬼麦黄斉歯竜龜亀",
        strict=True,
    )
)

# Enclosed forms of corporate bodies, as typed with the machine-dependent characters of CP932.
_BODIES = {"㈱": "(株)", "㈲": "(有)", "㈳": "(社)", "㈶": "(財)"}

# Joiners, direction marks, byte-order mark, soft hyphen, emoji selectors: no ink, yet they break comparison.
_INVISIBLE = [0xAD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
_INVISIBLE += [*range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC)]
_CONTROLS = [c for c in [*range(0x20), *range(0x7F, 0xA0)] if c not in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85)]


def _cleaning() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys([*_CONTROLS, *_INVISIBLE])
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {0xFF61 + i: kana for i, kana in enumerate(_HALF_KANA)}
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    for look_alikes in (_KANGXI_IN_JAPAN, _SUPPLEMENT, _BODIES):
        table |= {ord(seen): meant for seen, meant in look_alikes.items()}
    return table


#: Code point -> replacement (None = removed), applied to every cell value.
CLEANING = _cleaning()

# Older or printed forms of one character in names of places and bodies. Only pairs that never tell two names
# apart: 嶋/島, 斎/斉 and 淵/渕 are left out because they do.
_OLD = "髙﨑德濵濱邊邉澤瀧齋齊龍鰺檮檜國縣廳會區學廣條瀨礪驒鄕鄉靑黑黃淸橫內戶户增藏櫻鷗榮圓萬禮壽當"
_NEW = "高崎徳浜浜辺辺沢滝斎斉竜鯵梼桧国県庁会区学広条瀬砺騨郷郷青黒黄清横内戸戸増蔵桜鴎栄円万礼寿当"
_HYPHENS = "ー‐‑‒–—―−─━"


def _comparing() -> dict[int, str | None]:
    newer = dict(zip(_OLD, _NEW, strict=True))
    table: dict[int, str | None] = {ord(old): new for old, new in newer.items()}
    for code in [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]:  # 神 福 都 as CP932's extension has them
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = newer.get(plain, plain)
    table |= {ord(mark): "-" for mark in _HYPHENS}
    table |= {ord("ヶ"): "ケ", ord("〜"): "~", ord(" "): None}
    table |= dict.fromkeys(range(0xE0100, 0xE01F0))  # ideographic variation selectors (葛󠄀城市)
    return table


#: Code point -> replacement, applied on top of cleaning when two names or headings are compared.
COMPARING = _comparing()

# Forms that tell no two municipalities apart, though they may tell two families apart. Not 嶋/島: 鹿嶋市 is not 鹿島市.
_ALSO_OLD = (
    "竈竃冨峯嵜碕槇斉齊齋曾溪舘彌禰諌讚亙惠眞莊繩稻龜與氣豐澁關鹽蘆壹巢灣證經總攝拜佛假傳價"
    "餘勞勳嚴團圍塲榮淺濟狹疊盡禪穗竝絲缺舊茲螢蠶衞觀觸譽讓豫貳賴轉邱鐵鑛隨險雜靈餠驛髓點齡"
)
_ALSO_NEW = (
    "釜釜富峰崎崎槙斎斎斎曽渓館弥祢諫讃亘恵真荘縄稲亀与気豊渋関塩芦壱巣湾証経総摂拝仏仮伝価"
    "余労勲厳団囲場栄浅済狭畳尽禅穂並糸欠旧玆蛍蚕衛観触誉譲予弐頼転丘鉄鉱随険雑霊餅駅髄点齢"
)
#: On top of comparing, for names of municipalities only: ヶ ケ が ガ ・ ノ の 之 乃, and older forms.
PLACES: dict[int, str | None] = {ord(old): new for old, new in zip(_ALSO_OLD, _ALSO_NEW, strict=True)}
PLACES |= {ord(written): "ケ" for written in "がガ箇个"} | {ord(written): "ノ" for written in "の之乃"}
PLACES |= {ord(written): "ツ" for written in "つっッ"} | {ord(written): None for written in "・･-・,/"}

#: Every way a hyphen is typed -> "-", for values in which no katakana can stand.
HYPHENS = {ord(mark): "-" for mark in _HYPHENS}
