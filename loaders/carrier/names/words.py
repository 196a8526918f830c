"""What companies do, in the words that their languages put into company names."""

from __future__ import annotations

INDUSTRIES = (
    "logistics", "energy", "technology", "foods", "chemicals", "engineering", "pharma", "trade",
)  # fmt: skip
"""In the order of the words below."""

NACE = dict(zip(INDUSTRIES, ("H", "D", "J", "C10", "C20", "C28", "C21", "G"), strict=True))
"""Section or division of NACE."""

_LATIN = {
    "en": "Logistics Energy Technologies Foods Chemicals Engineering Pharmaceuticals Trading",
    "de": "Logistik Energie Technik Lebensmittel Chemie Maschinenbau Pharma Handel",
    "fr": "Logistique Énergie Technologies Alimentaire Chimie Ingénierie Pharma Négoce",
    "es": "Logística Energía Tecnología Alimentos Química Ingeniería Farmacéutica Comercial",
    "it": "Logistica Energia Tecnologie Alimentari Chimica Ingegneria Farmaceutici Commerciale",
    "pt": "Logística Energia Tecnologia Alimentos Química Engenharia Farmacêutica Comércio",
    "nl": "Logistiek Energie Techniek Voeding Chemie Machinebouw Farma Handel",
    "sv": "Logistik Energi Teknik Livsmedel Kemi Verkstad Läkemedel Handel",
    "no": "Logistikk Energi Teknologi Næringsmidler Kjemi Verksted Legemidler Handel",
    "da": "Logistik Energi Teknologi Fødevarer Kemi Maskinfabrik Lægemidler Handel",
    "fi": "Logistiikka Energia Tekniikka Elintarvike Kemia Konepaja Lääke Kauppa",
    "pl": "Logistyka Energia Technologie Żywność Chemia Inżynieria Farmacja Handel",
    "cs": "Logistika Energie Technologie Potraviny Chemie Strojírny Léčiva Obchod",
    "tr": "Lojistik Enerji Teknoloji Gıda Kimya Mühendislik İlaç Ticaret",
}
_OTHERS = {
    "bg": ("Логистика Енергия Технологии Храни Химия Инженеринг Фарма Търговия",
           "Logistika Energiya Tehnologii Hrani Himiya Inzhenering Farma Targoviya"),
    "uk": ("Логістика Енергія Технології Харчі Хімія Інжиніринг Фарма Торгівля",
           "Lohistyka Enerhiia Tekhnolohii Kharchi Khimiia Inzhynirynh Farma Torhivlia"),
    "el": ("Μεταφορές Ενέργεια Τεχνολογία Τρόφιμα Χημικά Μηχανολογική Φαρμακευτική Εμπορική",
           "Metafores Energeia Technologia Trofima Chimika Michanologiki Farmakeftiki Emporiki"),
    "ar": ("للخدمات_اللوجستية للطاقة للتقنية للأغذية للكيماويات للهندسة للأدوية للتجارة",
           "lil-Khidmat_al-Lojistiya lil-Taqa lil-Taqniya lil-Aghdhiya lil-Kimawiyat lil-Handasa "
           "lil-Adwiya lil-Tijara"),
    "ja": ("物流 エネルギー テクノロジー 食品 化学 エンジニアリング 製薬 商事",
           "Butsuryu Enerugi Tekunoroji Shokuhin Kagaku Enjiniaringu Seiyaku Shoji"),
    "zh": ("物流 能源 科技 食品 化工 工程 医药 贸易",
           "Wuliu Nengyuan Keji Shipin Huagong Gongcheng Yiyao Maoyi"),
    "ko": ("물류 에너지 테크놀로지 식품 화학 엔지니어링 제약 상사",
           "Mullyu Eneoji Tekeunolloji Sikpum Hwahak Enjinieoring Jeyak Sangsa"),
}  # fmt: skip

SCRIPTS = {
    "bg": "cyrillic", "uk": "cyrillic", "el": "greek", "ar": "arabic",
    "ja": "katakana", "zh": "hanzi", "ko": "hangul",
}  # fmt: skip
"""Language -> script; the others write Latin letters."""


def industry_word(industry: str, language: str) -> tuple[str, str]:
    """The word for an industry in a language, and it in Latin letters."""
    place = INDUSTRIES.index(industry)
    if language in _LATIN:
        word = _LATIN[language].split()[place]
        return word, word
    local, latin = _OTHERS[language]
    return local.split()[place].replace("_", " "), latin.split()[place].replace("_", " ")


DIVISIONS = ("Holding", "Group", "Services", "International", "Systems", "Digital", "Finance",
             "Property", "Motion", "Power", "Care", "Networks")  # fmt: skip
"""Parts of large families, in English everywhere, as they call them."""

ABBREVIATIONS = {
    "Logistics": "Log", "Technologies": "Tech", "Technology": "Tech", "Engineering": "Eng",
    "International": "Intl", "Services": "Svcs", "Chemicals": "Chem", "Pharmaceuticals": "Pharma",
    "Trading": "Trdg", "Maschinenbau": "Maschbau", "Holding": "Hldg", "Group": "Grp",
    "Systems": "Sys", "Networks": "Netw", "Ingeniería": "Ing", "Ingénierie": "Ing",
    "Technologie": "Techn", "Logistik": "Log", "Finance": "Fin", "Property": "Prop",
}  # fmt: skip
"""How people shorten the words above."""
