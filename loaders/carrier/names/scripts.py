"""Invented words in other scripts, and the same words back in Latin letters."""

from __future__ import annotations

from loaders.carrier.names.sounds import Word

_CYRILLIC = {
    "b": "б", "d": "д", "f": "ф", "g": "г", "k": "к", "l": "л", "m": "м", "n": "н", "p": "п",
    "r": "р", "s": "с", "t": "т", "v": "в", "z": "з", "sh": "ш", "ch": "ч", "y": "й",
    "a": "а", "e": "е", "i": "и", "o": "о", "u": "у",
}  # fmt: skip
_GREEK = {
    "b": "μπ", "d": "ντ", "f": "φ", "g": "γκ", "k": "κ", "l": "λ", "m": "μ", "n": "ν", "p": "π",
    "r": "ρ", "s": "σ", "t": "τ", "v": "β", "z": "ζ", "sh": "σ", "ch": "τσ", "y": "γι",
    "a": "α", "e": "ε", "i": "ι", "o": "ο", "u": "ου",
}  # fmt: skip
_GREEK_BACK = {"b": "b", "d": "d", "g": "g", "sh": "s", "ch": "ts", "y": "gi"}
_ARABIC = {
    "b": "ب", "d": "د", "f": "ف", "g": "غ", "k": "ك", "l": "ل", "m": "م", "n": "ن", "p": "ب",
    "r": "ر", "s": "س", "t": "ت", "v": "ف", "z": "ز", "sh": "ش", "ch": "تش", "y": "ي",
    "a": "ا", "e": "ي", "i": "ي", "o": "و", "u": "و",
}  # fmt: skip
_ARABIC_BACK = {"p": "b", "v": "f", "g": "gh", "ch": "tsh", "e": "i", "o": "u"}

_KATAKANA = {
    "": "アイウエオ", "b": "バビブベボ", "d": "ダディドゥデド", "f": "ファフィフフェフォ",
    "g": "ガギグゲゴ", "k": "カキクケコ", "l": "ラリルレロ", "m": "マミムメモ", "n": "ナニヌネノ",
    "p": "パピプペポ", "r": "ラリルレロ", "s": "サシスセソ", "t": "タティトゥテト",
    "v": "ヴァヴィヴヴェヴォ", "z": "ザジズゼゾ", "sh": "シャシシュシェショ",
    "ch": "チャチチュチェチョ", "y": "ヤイユイェヨ",
}  # fmt: skip
_SMALL = "ァィゥェォャュョ"
_ALONE = {
    "n": "ン", "m": "ム", "r": "ル", "l": "ル", "s": "ス", "b": "ブ", "d": "ド", "g": "グ",
    "k": "ク", "p": "プ", "t": "ト", "f": "フ",
}  # fmt: skip
_ROMAJI = {"n": "n", "m": "mu", "r": "ru", "l": "ru", "s": "su", "b": "bu", "d": "do", "g": "gu",
           "k": "ku", "p": "pu", "t": "to", "f": "fu"}  # fmt: skip

_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k",
             "t", "p", "h")  # fmt: skip
_HANGUL_ONSET = {
    "b": "b", "d": "d", "f": "p", "g": "g", "k": "k", "l": "r", "m": "m", "n": "n", "p": "p",
    "r": "r", "s": "s", "t": "t", "v": "b", "z": "j", "sh": "s", "ch": "ch", "y": "",
}  # fmt: skip
_HANGUL_VOWEL = {"a": (0, "a"), "e": (5, "e"), "i": (20, "i"), "o": (8, "o"), "u": (13, "u")}
_HANGUL_CODA = {"": (0, ""), "n": (4, "n"), "r": (8, "l"), "l": (8, "l"), "m": (16, "m")}

_HANZI = {
    "b": "巴贝比博布", "d": "达德迪多杜", "f": "法菲菲佛福", "g": "加格吉戈古", "k": "卡克基科库",
    "l": "拉莱利洛卢", "m": "马梅米莫穆", "n": "纳内尼诺努", "p": "帕佩皮波普", "r": "拉雷里罗鲁",
    "s": "萨塞西索苏", "t": "塔特蒂托图", "v": "瓦维维沃武", "z": "扎泽齐佐祖", "sh": "沙舍希绍舒",
    "ch": "查切奇乔楚", "y": "亚耶伊约尤", "": "阿埃伊奥乌",
}  # fmt: skip
_PINYIN = {
    "b": "ba bei bi bo bu", "d": "da de di duo du", "f": "fa fei fei fo fu",
    "g": "jia ge ji ge gu", "k": "ka ke ji ke ku", "l": "la lai li luo lu", "m": "ma mei mi mo mu",
    "n": "na nei ni nuo nu", "p": "pa pei pi bo pu", "r": "la lei li luo lu",
    "s": "sa sai xi suo su", "t": "ta te di tuo tu", "v": "wa wei wei wo wu",
    "z": "zha ze qi zuo zu", "sh": "sha she xi shao shu", "ch": "cha qie qi qiao chu",
    "y": "ya ye yi yue you", "": "a ai yi ao wu",
}  # fmt: skip
_HANZI_CODA = {"n": ("恩", "en"), "m": ("姆", "mu"), "r": ("尔", "er"), "l": ("尔", "er"),
               "s": ("斯", "si")}  # fmt: skip


def write(spoken: Word, script: str) -> tuple[str, str]:
    """The word in a script (cyrillic, greek, arabic, katakana, hangul, hanzi), and it in Latin."""
    return _WRITERS[script](spoken)


def _letters(onset: str) -> tuple[str, ...]:
    """An onset as its single sounds: `sh` and `ch` are one, `br` is two."""
    return (onset,) if onset in ("", "sh", "ch") else tuple(onset)


def _alphabet(spoken: Word, table: dict[str, str], back: dict[str, str]) -> tuple[str, str]:
    text = latin = ""
    for onset, vowel, coda in spoken:
        for sound in (*_letters(onset), vowel, *coda):
            text += table.get(sound, "")
            latin += back.get(sound, sound)
    return text, latin


def _cyrillic(spoken: Word) -> tuple[str, str]:
    text, latin = _alphabet(spoken, _CYRILLIC, {})
    return text.capitalize(), latin.capitalize()


def _greek(spoken: Word) -> tuple[str, str]:
    text, latin = _alphabet(spoken, _GREEK, _GREEK_BACK)
    if text.endswith("σ"):
        text = text[:-1] + "ς"
    return text.capitalize(), latin.capitalize()


def _arabic(spoken: Word) -> tuple[str, str]:
    text, latin = _alphabet(spoken, _ARABIC, _ARABIC_BACK)
    if not spoken[0].onset and spoken[0].vowel != "a":
        text = "ا" + text  # an opening vowel is carried by an alif
    return text, latin.capitalize()


def _katakana(spoken: Word) -> tuple[str, str]:
    text = latin = ""
    for onset, vowel, coda in spoken:
        sounds = _letters(onset)
        for sound in sounds[:-1]:
            text += _ALONE[sound]
            latin += _ROMAJI[sound]
        row = _moras(_KATAKANA[sounds[-1]])
        text += row["aiueo".index(vowel)] + (_ALONE[coda] if coda else "")
        heard = {"l": "r", "v": "b"}.get(sounds[-1], sounds[-1])
        latin += heard + vowel + (_ROMAJI[coda] if coda else "")
    return text, latin.capitalize()


def _moras(row: str) -> list[str]:
    """A row of five sounds, some of which are written with a small second letter."""
    found: list[str] = []
    for letter in row:
        if letter in _SMALL:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _hangul(spoken: Word) -> tuple[str, str]:
    text = latin = ""
    for onset, vowel, coda in spoken:
        sounds = _letters(onset)
        for sound in sounds[:-1]:
            text += _block(_HANGUL_ONSET[sound], 18, 0)
            latin += _HANGUL_ONSET[sound] + "eu"
        begins = _HANGUL_ONSET[sounds[-1]] if sounds[-1] else ""
        place, heard = _HANGUL_VOWEL[vowel]
        ends, closed = _HANGUL_CODA.get(coda, (0, ""))
        text += _block(begins, place, ends)
        latin += begins + heard + closed
        if coda == "s":
            text += _block("s", 18, 0)
            latin += "seu"
    return text, latin.capitalize()


def _block(onset: str, vowel: int, coda: int) -> str:
    """A Hangul syllable from its parts (Unicode 3.12)."""
    return chr(0xAC00 + (_INITIALS.index(onset) * 21 + vowel) * 28 + coda)


def _hanzi(spoken: Word) -> tuple[str, str]:
    text = latin = ""
    for onset, vowel, coda in spoken:
        sounds = _letters(onset)
        place = "aeiou".index(vowel)
        if len(sounds) > 1:
            text += {"s": "斯"}.get(sounds[0], _HANZI[sounds[0]][4])
            latin += {"s": "si"}.get(sounds[0], _PINYIN[sounds[0]].split()[4])
        text += _HANZI[sounds[-1]][place]
        latin += _PINYIN[sounds[-1]].split()[place]
        if coda:
            text += _HANZI_CODA[coda][0]
            latin += _HANZI_CODA[coda][1]
    return text, latin.capitalize()


_WRITERS = {
    "cyrillic": _cyrillic,
    "greek": _greek,
    "arabic": _arabic,
    "katakana": _katakana,
    "hangul": _hangul,
    "hanzi": _hanzi,
}
