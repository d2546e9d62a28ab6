<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: S21955</p>
<p>Hankkeen nimi: Digiloikka työpaikalla</p>
<p>Toimintalinja: 3 Työllisyys ja työvoiman liikkuvuus</p>
<p>Erityistavoite: 7.1 Tuottavuuden ja työhyvinvoinnin parantaminen</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.9.2019 ja päättyy 31.8.2022</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Keski-Suomen elinkeino-, liikenne- ja ympäristökeskus</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Jyväskylän koulutuskuntayhtymä</p>
<p>Organisaatiotyyppi: Kuntayhtymä</p>
<p>Y-tunnus: 0208201-1</p>
<p>Jakeluosoite: Viitaniementie 1</p>
<p>Puhelinnumero: 014 550 2001</p>
<p>Postinumero: 40720</p>
<p>Postitoimipaikka: JYVÄSKYLÄ</p>
<p>WWW-osoite: www.gradia.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Hannele Korpivaara</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: projektipäällikkö</p>
<p>Yhteyshenkilön sähköpostisoite: hannele.korpivaara(at)gradia.example</p>
<p>Yhteyshenkilön puhelinnumero: 040 550 2002</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)</p>
</div>
<div class="osio"><h2>Osatoteuttajat</h2>
<p>Tampereen kaupunki, 0211675-2</p>
<p>Jyväskylän Ammattikorkeakoulu Oy, 1006550-2</p>
<p>Savon koulutuskuntayhtymä, 1852679-9</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Hankkeessa vahvistetaan työpaikkaohjaajien digitaalisia taitoja ja kehitetään oppilaitosten tapaa tukea työpaikalla tapahtuvaa oppimista etänä. Kohderyhmänä ovat pienten ja keskisuurten yritysten ohjaajat sekä ammatillisten oppilaitosten opettajat Keski-Suomessa, Pirkanmaalla ja Pohjois-Savossa.</p>
<p>Toimenpiteinä toteutetaan valmennuskierroksia, vertaistapaamisia ja avoin verkkokoulutus. Tuloksena syntyy ohjauksen malli, jota voidaan hyödyntää alasta riippumatta.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Ammatilliseen koulutukseen tai tutkintoon johtavat toimet</h3><p>210</p>
<h3>Yritykset</h3><p>85</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
