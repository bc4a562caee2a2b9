"""A story written for the report tests: four versions of one article, and another article.

`|` ends a sentence inside a paragraph; a paragraph that starts with `~` is furniture.
The defects are in the texts; `conftest` builds the findings by hand.
"""

from __future__ import annotations

ENGLISH = """~Skip to content

The Brennan ferry returns to Saltmarsh after nine years

The old ferry Brennan crossed Saltmarsh Bay again on May 4, 2021, nine years after the storm that sank it. | About 1,200 people watched from the sea wall. | It was the twentieth anniversary of the harbour's reopening.

"We counted every rivet," said the shipwright Ada Quill, who led the repair. | The hull came from the yard in four pieces, and the engine was rebuilt from drawings of 1974.

The Harbor Watchful Get together paid a third of the invoice. | The town coated the remaining, based on paperwork the council printed in Could.

Not everyone is happy. | Fishermen say that the new timetable closes the narrow channel for two hours a day, at the time when the boats come home.

From June the ferry will run six times a day, except on Sundays.

~Share this: 25 shares 3 comments
"""

FRENCH = """Le ferry Brennan retrouve Saltmarsh après neuf ans

L'ancien ferry Brennan a de nouveau traversé la baie de Saltmarsh le 4 mai 2012, neuf ans après la tempête qui l'avait coulé. | Environ 1 200 personnes l'ont regardé depuis la digue. | C'était le vingtième anniversaire de la réouverture du port.

« Nous avons compté chaque rivet », a déclaré la charpentière de marine Ada Quill, qui a dirigé la réparation. | La coque est sortie du chantier en quatre morceaux, et le moteur a été refait d'après des plans de 1974.

Le Comité de vigilance du port a payé un tiers de la facture. | La ville a couvert le reste, selon des documents publiés en mai par le conseil.

À partir de juin, le ferry circulera six fois par jour, sauf le dimanche. | Abonnez-vous à notre lettre d'information et soutenez une presse libre.
"""

ITALIAN = """Il traghetto Brennan torna a Saltmarsh dopo nove anni

Il vecchio traghetto Brennan ha riattraversato la baia di Saltmarsh il 4 maggio 2021, nove anni dopo la tempesta che lo aveva affondato. | Circa 1.200 persone lo hanno seguito dalla diga. | Era il ventesimo anniversario della riapertura del porto.

«Abbiamo contato ogni rivetto», ha detto la maestra d'ascia Ada Quill, che ha guidato la riparazione. | Lo scafo è uscito dal cantiere in quattro pezzi e il motore è stato rifatto sui disegni del 1974.

Il Comitato di vigilanza del porto ha pagato un terzo del conto. | Il comune ha coperto il resto, secondo i documenti pubblicati a maggio dal consiglio.

Non tutti sono contenti. | I pescatori dicono che il nuovo orario chiude il canale stretto per due ore al giorno, proprio quando le barche rientrano.

Da giugno il traghetto farà sei corse al giorno, tranne la domenica.
"""

CHINESE = """布倫南號渡輪九年後重返鹽沼

舊渡輪布倫南號在2021年5月4日再次橫越鹽沼灣,距離使它沉沒的那場風暴已有九年。 | 約一千二百人在海堤上觀看。 | 當天是港口重新開放二十周年。

「我們數過每一顆鉚釘,」主持修復的造船師艾達·奎爾說。 | 船體分成四段從船廠運出,引擎則按1974年的圖紙重建。

港口守望會支付了帳單的三分之一。 | 其餘由市鎮承擔,依據是議會五月公布的文線上輪盤技巧件。

並非人人滿意。 | 渔民说,新時刻表每天有兩小時封閉狹窄航道,正是漁船回港的時候。

從六月起,渡輪每天行駛六班,星期日除外。
"""

OTHER_FRENCH = """~Accueil > Région > Mer

Saltmarsh fête son ferry

La foule a envahi la digue de Saltmarsh, mardi 4 mai 2021, pour voir revenir le Brennan. | Coulé par la tempête de 2012, le bateau a été reconstruit par l'équipe d'Ada Quill.

Le président du port y voit « une revanche sur la mer ». | Les pêcheurs, eux, attendent de voir les horaires.

~Sur le même sujet : Les phares de la baie ferment un à un
"""

TEXTS = {
    "en.txt": ("en", ENGLISH),
    "fr.txt": ("fr", FRENCH),
    "it.txt": ("it", ITALIAN),
    "zh-Hant.txt": ("zh-Hant", CHINESE),
    "autre/fr.txt": ("fr", OTHER_FRENCH),
}

# The paragraphs of the versions that say the same, by their number among the content.
# None: the version leaves the passage out.
PASSAGES = (
    (0, 0, 0, 0),
    (1, 1, 1, 1),
    (2, 2, 2, 2),
    (3, 3, 3, 3),
    (4, None, 4, 4),
    (5, 4, 5, 5),
)
