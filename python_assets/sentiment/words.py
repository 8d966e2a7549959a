"""Words that give a language away: the most frequent ones, and those of shops and deliveries.

A word that several languages have stands in all of them, but not where reviews in English use it
too (in, me, product, heel): the words around it decide.
"""

from collections.abc import Mapping

ENGLISH = frozenset(
    """
    a able about add added after again ago all almost already also although always am amount an and
    another answer answered any anyone anything are around arrived as asked at away back bag battery
    be because become been before being better big bit both bottom bought box bright broke broken
    build but button buy buying by cable call called came can cancel cannot care case change charge
    charger cheap check checkout child children clean close clothes color colors colour colours
    comes contact cost cotton could customer damaged daughter day days decent deep delivered
    delivery described device did different difficult dirty do does dog doing done down dress dry
    each early easy eat else email empty end enough entire even ever every everyone everything
    everywhere exactly expectation expectations expected expensive extra eye fabric face family far
    faulty feel feels feet felt few find first fit fits five for found four fragile friend from
    front full gave get getting gift give glad glass go going gone good got had hair handle hard has
    have having he head hear heard heavy hello help her here hers hi high him his home hope hot hour
    hours house how however hurt husband i idea if in inside instead instructions into is it item
    items its itself just keep keeps kept kids kitchen knew know large last later leak leaks least
    leather left leg less let light like line little live load long look looks lot loud lower made
    make many me mean measure meet meets mind minutes missing mom money months more morning most
    mother move much must my myself near nearly neck need needs never new next night no nobody noise
    none not nothing now number of off ok okay old on once one only opened or order ordered ordering
    other our out outside over own package packaged packaging paid paint pants paper parcel part pay
    people perfectly phone picture piece pieces please point poor pretty price prices probably
    process product products pull purchase purchased push put quality quick quickly quite rather
    read ready really reason received recommended refund refused remove replace replacement reply
    response return returned right room round rubbish run runs said same saw say screen see seems
    seller send sent service setup several she shipped shipping shirt shoes shop shopping short
    should shower side simple since site size sizes skin sleep slow small smell smooth so soft sold
    some someone something soon sound speak staff star stars stay still stitching stock storage
    store strap strong stuck stuff style such summer support surface take team tell than thank
    thanks that the their them then there these they thick thin thing things think this those though
    thought three through tight time times to today together told tomorrow too took touch tracking
    tried true turn turned two unit until up update upon us use used using usual very wait waited
    waiting wall want was wash washing watch way we wear wearing website week weeks well went were
    what when where which while who whole why wife will wish with within without wood word words
    work worked working works world worse worth would wrong wrote year years yes yesterday yet you
    young your yours zero
    """.split()  # noqa: SIM905 (a list of words reads as text, not as three hundred strings)
)

# English words that other languages have too, as the same word or another: weak evidence.
SHARED = frozenset(
    """
    a all also am an as at be best bravo by cool die do elegant even excellent fan fatal favorite
    fine fit for genial had has hat he her horrible i ideal important in intelligent intense is item
    items kind local man me men most nice no normal of ok okay on once open or original over
    perfect perfecto plus positive problem robust service so solid special start stop stress super
    terrible to top trauma under vital want war was we week will
    """.split()  # noqa: SIM905
)

# ruff: noqa: RUF001 (letters that look like others are the point of these lists)

_FOREIGN = {
    "german": """
        aber alle alles als angekommen auch auf aus bei bekommen bestellt bestellung bis bitte da
        danke dann das dass dem den der des die dies diese doch du echt ein eine einem einen einer
        er erst es etwas euch falsch fehlt geht gekauft geld gerne gibt gut guter gutes habe haben
        ich ihr im immer ist ja jetzt kann kaputt kauf kaum kein keine kommt kunde kundenservice
        leider lieferung mal mehr mein meine mich mir mit nach nicht nichts nie noch nur oder ohne
        ordnung paket preis qualität schlecht schlechte schnell schnelle schon sehr sein sich sie
        sind teuer toll tolle tolles um und uns unter viel vielen vom von vor war ware waren warte
        weil wenn werden wie wieder wir wird wurde zu zufrieden zum zur über
    """,
    "french": """
        achat ai alors attendre au aussi aux avec avoir bien bon bonjour bonne ce cela ces cet cette
        chez colis commande comme dans de des deux du elle en encore est et fait jamais je jours la
        le les leur livraison lui mais mal mauvais mauvaise merci mes moins mon ne nous nul nulle ou
        oui par parfait pas peu pour prix produit qualité quand que qui rapide reçu rien sa sans se
        ses si son sont suis sur taille te tout toute trop très un une va votre vous était être
    """,
    "spanish": """
        al algo aunque bien buen buena bueno calidad cliente como compra con cuando de del dinero
        donde el ella en encanta entrega envío era es esta estas este esto estoy está excelente fue
        funciona gracias gusta ha hace han hasta hay la las le les llego llegó lo los mal mala malo
        mejor mi mucho muy más nada ni nunca para pedido pero poco por porque precio producto pésimo
        que quien recomiendo rápido se servicio si sido sin sobre son su sus sólo talla también te
        tengo tiempo tienda tiene todo todos tres un una uno vez y ya yo
    """,
    "italian": """
        abbastanza al alla anche ancora arrivato bella bello bene buon buona buono che chi ci con
        consegna consiglio così da dal dalla dei del della delle di dopo due e era essere fatto gli
        grazie ha hanno ho il io la le lo ma mai mi mio molto nei nel nella niente non nulla ogni
        ora ordine ottima ottimo pacco per perché pessima pessimo piace più poco prezzo prima
        prodotto qualità quando quello questa questo rotto se sei servizio si solo sono spedizione
        sta stato su sul sulla taglia troppo tutti tutto un una uno veloce è
    """,
    "portuguese": """
        ainda ao aos até bem boa bom chegou com como compra da das de demorou depois dos e ela ele
        em entrega era essa esse estou está eu foi gostei isso já loja mais mas melhor meu minha
        muito na nada nas nem nos nunca não nós o obrigada obrigado os ou para pela pelo por porque
        prazo preço produto péssimo qualidade quando que quem recomendo ruim se sem ser seu sua são
        só também tem tenho tudo um uma veio você
    """,
    "dutch": """
        aan al alleen als altijd besteld bestelling bij blij daar dan dat de deze dit dus een en er
        erg ervaring geen geld geleverd goed goede graag heb hebben heeft helaas het hier hoe ik
        jammer je jullie kan kapot klant kwaliteit kwam lang levering maar met mijn mooi mooie naar
        nee niet niets nog nooit nu om omdat ontvangen ook op pakket prijs slecht slechte snel
        snelle te terug tevreden toch toen tot uit van veel verpakking verzending voor waar wat wel
        werd wij worden zeer zelf zich zijn zo
    """,
    "scandinavian": """
        aldrig alt andre att av bara bestilling beställning blev den der det dette dårlig dårlige
        efter ej ekki eller er et ett fik fikk fin fint flot fra från för ganske godt går han har
        hon hur hvad hvis ikke ikkje ingen inte jag jeg kan kom kommer kvalitet leverans leveranse
        levering med meg meget mig min mitt mycket nogen nu när och og også paket pris produkt på
        sig skal snabb snabbt som svært så tack tak takk til till var vara veldig vi vil virker är
    """,
    "polish": """
        ale bardzo bez był była było czy dla dobra dobre dobry dostawa jak jakość jest już kiedy
        który mi mnie moje na nic nie od oraz paczka po pod polecam produkt przez się szybka szybko
        są tak tego tylko w z za zamówienie ze że
    """,
    "turkish": """
        acele ama ben berbat bile bir bu böyle da daha de değil en fiyat geldi gibi güzel harika hiç
        hızlı iade ile iyi için kadar kalite kaliteli kargo kötü mi ne olarak sipariş sonra tavsiye
        teşekkürler var ve çok ürün
    """,
    "indonesian": """
        ada adalah aku apa bagus baik banget barang belum bisa cepat dan dari dengan di harga ini
        itu jangan jelek juga kami karena kasih ke kecewa kualitas lagi lama lebih mantap mau murah
        nya pengiriman pesanan produk sangat saya sekali sesuai sudah tapi terima tidak untuk yang
    """,
    "czech": """
        ale až bez byl bylo dobrý doručení jak jako je jen jsem jsme když která který kvalita moc na
        ne nebo není od po pro při rychlé se si spokojený tak už v ve velmi vše z za zboží že
    """,
    "romanian": """
        ale au bine bun bună calitate care ce comanda cu dar de din este fi foarte la livrare mai
        mult nu pe pentru produs produsul rapidă recomand sa si sunt un în și
    """,
}


def _languages_of_words() -> Mapping[str, frozenset[str]]:
    languages: dict[str, set[str]] = {}
    for language, words in _FOREIGN.items():
        for word in words.split():
            languages.setdefault(word, set()).add(language)
    return {word: frozenset(names) for word, names in languages.items()}


# The languages other than English that have a word.
FOREIGN = _languages_of_words()

# English has borrowed these with their accents.
BORROWED = frozenset(
    """
    café cafés cliché clichés déjà décor entrée fiancé fiancée jalapeño naïve papier-mâché purée
    résumé sautéed touché vis-à-vis à
    """.split()  # noqa: SIM905
)

# Words of three letters and more that say nothing of what a text is about. scikit-learn's own list
# has "bill", "empty", "fire", "full" and "system" among them, which shops hear about.
STOP_WORDS = frozenset(
    """
    about above across actually after afterwards again against all almost alone along already also
    although always among and another any anyhow anyone anything anyway anyways anywhere are around
    became because become becomes becoming been before behind being below beside besides between
    beyond both but came can cannot come comes could did does doing done down due during each eight
    either eleven else elsewhere enough even ever every everyone everything everywhere except few
    first five for former formerly four from further get gets getting give going gone got had has
    have having hello her here hers herself hey him himself his how however indeed into its itself
    just know least less let lot lots made make makes many may meanwhile might more moreover most
    mostly much must myself neither never nevertheless next nine nobody none nor not nothing now
    nowhere off often once one only onto other others otherwise our ours ourselves out over own per
    perhaps please quite rather really said same say says see seem seemed seeming seems several she
    should since six some somehow someone something sometime sometimes somewhere still such ten than
    thank thanks that the their them themselves then there thereby therefore therein these they
    thing things think third this those though thought three through throughout thus together too
    took toward towards tried try two under until upon use used using very via want wanted was well
    went were what whatever when whenever where whereby wherever whether which while who whoever
    whole whom whose why will with within without would yes yet you your yours yourself yourselves
    """.split()  # noqa: SIM905
)
