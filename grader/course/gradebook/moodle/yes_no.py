"""Yes and no in the languages that Moodle speaks; what is neither is never taken for a yes."""

import unicodedata
from typing import Final

PAIRS: Final = (
    "yes/no ja/nein ja/nee ja/nej ja/nei já/nei jah/ei kyllä/ei oui/non sí/no si/non sì/no sim/não "
    "da/nu da/ne da/nē jā/nē taip/ne ano/ne áno/nie tak/nie igen/nem evet/hayır evet/hayir "
    "bəli/xeyr ha/yo'q bai/ez po/jo ie/na iva/le tá/níl jes/ne ya/tidak oo/hindi ndiyo/hapana "
    "có/không ναι/όχι да/нет да/не так/ні так/не иә/жоқ ооба/жок тийм/үгүй այո/ոչ კი/არა დიახ/არა "
    "نعم/لا بله/خیر بلی/نه ہاں/نہیں כן/לא हाँ/नहीं हां/नहीं ஆம்/இல்லை ใช่/ไม่ ใช่/ไม่ใช่ "
    "是/否 是的/不是 はい/いいえ 예/아니오 네/아니요"
)


def spelled(word: str) -> str:
    """Return a word as it is compared: without case, or blanks around it."""
    return unicodedata.normalize("NFC", word).strip().casefold()


YES: Final = frozenset(spelled(pair.partition("/")[0]) for pair in PAIRS.split())
NO: Final = frozenset(spelled(pair.partition("/")[2]) for pair in PAIRS.split())
