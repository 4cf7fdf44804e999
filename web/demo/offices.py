"""The offices of the samples, as a local run writes them down."""

from procedures.people.offices import Known

OFFICES = tuple(
    Known(id, ja, en, kana, f"{id}@example.jp")
    for id, ja, en, kana in (
        ("hokenjo", "保健所 生活衛生課", "Health Centre, Hygiene", "ほけんじょ せいかつえいせいか"),
        ("shuzei-shomei", "都税事務所 証明担当", "Tax Office, Certificates", "とぜいじむしょ しょうめいたんとう"),
        ("tokubetsuku-hokenjo", "特別区保健所", "Health Centre, Special Wards", "とくべつくほけんじょ"),
        ("hachioji-hokenjo", "八王子市保健所", "Hachioji Health Centre", "はちおうじしほけんじょ"),
        ("machida-hokenjo", "町田市保健所", "Machida Health Centre", "まちだしほけんじょ"),
        ("nishitama-hokenjo", "西多摩保健所", "Nishitama Health Centre", "にしたまほけんじょ"),
        ("minamitama-hokenjo", "南多摩保健所", "Minamitama Health Centre", "みなみたまほけんじょ"),
        ("tachikawa-hokenjo", "多摩立川保健所", "Tama-Tachikawa Health Centre", "たまたちかわほけんじょ"),
        ("fuchu-hokenjo", "多摩府中保健所", "Tama-Fuchu Health Centre", "たまふちゅうほけんじょ"),
        ("kodaira-hokenjo", "多摩小平保健所", "Tama-Kodaira Health Centre", "たまこだいらほけんじょ"),
        ("tosho-hokenjo", "島しょ保健所", "Islands Health Centre", "とうしょほけんじょ"),
        ("seibu-koen", "西部公園緑地事務所", "Western Parks Office", "せいぶこうえんりょくちじむしょ"),
        ("tobu-koen", "東部公園緑地事務所", "Eastern Parks Office", "とうぶこうえんりょくちじむしょ"),
        ("keishicho-kobutsu", "警視庁 古物担当", "Police, Second-hand Dealers", "けいしちょう こぶつたんとう"),
        ("toshi-kenchiku-shido", "建築指導課", "Building Guidance", "けんちくしどうか"),
        ("kankyo-sanpai", "産業廃棄物対策課", "Industrial Waste", "さんぎょうはいきぶつたいさくか"),
        ("jido-sodan", "児童相談所", "Child Guidance Centre", "じどうそうだんじょ"),
        ("sangyo-shien", "中小企業支援課", "Small Business Support", "ちゅうしょうきぎょうしえんか"),
        ("jinji-iinkai", "人事委員会 試験課", "Personnel Commission, Examinations", "じんじいいんかい しけんか"),
        ("seikatsu-madoguchi", "区民窓口課", "Residents' Counter", "くみんまどぐちか"),
        ("joho-kokai", "情報公開課", "Disclosure of Information", "じょうほうこうかいか"),
    )
)
