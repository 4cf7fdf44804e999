"""Two ways of writing the same: only to compare with each other, never to keep, show or send.

Width, case, hiragana or katakana, large or small kana, spaces and signs make no difference, nor do variants of a
character in a name: old forms of 常用漢字表 and 人名用漢字 (戸籍法施行規則第60条), and others that registers know.
"""

import re
import unicodedata

LONGEST = 40  # characters of a term; nobody types more
MOST_WORDS = 6  # of a search that are looked at
SHORTEST_NUMBER = 4  # digits

_VARIANTS = """
高髙 崎﨑嵜碕 吉𠮷 辺邊邉 斉齊斎齋 浜濱濵 沢澤 桜櫻 広廣 国國囯 竜龍 滝瀧 真眞 恵惠 栄榮 寿壽 島嶋嶌 条條
円圓 学學斈 実實 与與 豊豐 宝寶 徳德 彦彥 富冨 峰峯 桑桒 館舘 昇曻 清淸 青靑 黒黑 槙槇 遥遙 尭堯 弥彌 礼禮 蔵藏
荘莊 万萬 鴎鷗 会會 児兒 為爲 増增 寛寬 巌巖 戸戶 歩步 毎每 関關 鉄鐵 塩鹽 横橫 橋槗 松枩柗 柳栁 呉吳 薮藪籔
亀龜 渓溪谿 渋澁澀 静靜 壮壯 将將 奨奬獎 総總 莱萊 蝉蟬 桧檜 祢禰 芦蘆 鯵鰺 麺麵 麹麴 頼賴 緑綠 郷鄕
録錄 戻戾 亜亞 壱壹 稲稻 衛衞 応應 奥奧 価價 懐懷 楽樂 勧勸 気氣 暁曉 勲勳 薫薰 県縣 検檢 顕顯 剣劍劔剱 険險
厳嚴 恒恆 暦曆 歴歷 済濟 鶏鷄 縄繩 嬢孃 穣穰 譲讓 畳疊 慎愼 尽盡 瀬瀨 専專 浅淺 銭錢 双雙 捜搜 巣巢 帯帶 滞滯
択擇 団團 断斷 鋳鑄 庁廳 聴聽 鎮鎭 点點 伝傳 灯燈 当當 党黨 独獨 読讀 売賣 抜拔 晩晚 秘祕 仏佛 払拂 弁辨瓣辯
穂穗 没沒 翻飜 満滿 黙默 訳譯 薬藥 揺搖 様樣 謡謠 来來 覧覽 涼凉 凛凜 塁壘 励勵 郎郞 鎌鐮 柏栢
藤籐 曽曾
"""
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SMALL = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_ABROAD = re.compile(r"\+\s*81[\s(‐‑–−-]*0?\)?")
_AFTER_A_DIGIT = re.compile(r"(?<=[0-9])[\Wー]*ー")
_NUMBER = re.compile(r"[+0-9()\s‐‑‒–—―−ー.-]{2,}\Z")


def _table() -> dict[int, str]:
    return {ord(sign): group[0] for group in _VARIANTS.split() for sign in group[1:]}


_SAME = _table()


def fold(text: str) -> str:
    """How a text is compared: letters and digits alone, each in one form; at most `LONGEST` of them."""
    wide = unicodedata.normalize("NFKC", _SELECTORS.sub("", text)).casefold()
    wide = _AFTER_A_DIGIT.sub("", _ABROAD.sub("0", wide))
    katakana = "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in wide)
    same = katakana.translate(_SMALL).translate(_SAME)
    return "".join(sign for sign in same if sign.isalnum())[:LONGEST]


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a search, each folded, without those that say too little. A number is one word, however grouped."""
    if _NUMBER.match(unicodedata.normalize("NFKC", typed).strip()):
        typed = "".join(typed.split())
    folded = (fold(word) for word in typed.split()[:MOST_WORDS])
    return tuple(dict.fromkeys(word for word in folded if word and not _says_nothing(word)))


def _says_nothing(word: str) -> bool:
    """What a tenth of all cases hold: one letter or kana, or three digits. One character of a name is enough."""
    if word.isascii() and word.isdigit():
        return len(word) < SHORTEST_NUMBER
    return len(word) == 1 and (word.isascii() or "ァ" <= word <= "ー")
