<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: S23004</p>
<p>Hankkeen nimi: Kuntouttava opinpolku</p>
<p>Toimintalinja: 5 Sosiaalinen osallisuus ja köyhyyden torjunta</p>
<p>Erityistavoite: 10.1 Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.10.2021 ja päättyy 30.9.2023</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Kiipulasäätiö sr</p>
<p>Organisaatiotyyppi: Säätiö</p>
<p>Y-tunnus: 0153519-9</p>
<p>Jakeluosoite: Kiipulantie 507</p>
<p>Puhelinnumero: 03 550 2041</p>
<p>Postinumero: 14200</p>
<p>Postitoimipaikka: TURENKI</p>
<p>WWW-osoite: www.kiipula.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Sanna Harjavalta</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: kuntoutussuunnittelija</p>
<p>Yhteyshenkilön sähköpostisoite: sanna.harjavalta(at)kiipula.example</p>
<p>Yhteyshenkilön puhelinnumero: 044 550 2042</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)</p>
</div>
<div class="osio"><h2>Osatoteuttajat</h2>
<p>Ammattiopisto Spesia Oy, 2860836-1</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Hankkeessa yhdistetään opiskelu ja kuntoutus nuorille, joiden opinnot ovat keskeytyneet mielenterveyden ongelmien vuoksi. Nuori etenee pienin askelin ja saa tuekseen työparin, jossa on opettaja ja kuntoutuksen ammattilainen.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Nuoret</h3><p>90</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
