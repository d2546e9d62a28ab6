<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: S20733</p>
<p>Hankkeen nimi: Kotoa töihin</p>
<p>Toimintalinja: 5 Sosiaalinen osallisuus ja köyhyyden torjunta</p>
<p>Erityistavoite: 10.1 Työelämän ulkopuolella olevien työ- ja toimintakyvyn parantaminen</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.5.2016 ja päättyy 30.4.2019</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Kaakkois-Suomen Ammattikorkeakoulu Oy</p>
<p>Organisaatiotyyppi: Osakeyhtiö</p>
<p>Y-tunnus: 2472908-2</p>
<p>Jakeluosoite: Patteristonkatu 3</p>
<p>Puhelinnumero: 015 550 2011</p>
<p>Postinumero: 50101</p>
<p>Postitoimipaikka: MIKKELI</p>
<p>WWW-osoite: www.mamk.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Liisa Myllykangas</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: TKI-asiantuntija</p>
<p>Yhteyshenkilön sähköpostisoite: liisa.myllykangas(at)xamk.example</p>
<p>Yhteyshenkilön puhelinnumero: 050 550 2012</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Vain yksi hakija</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Kotoa töihin -hankkeessa etsitään keinoja tukea pitkään kotona olleiden vanhempien paluuta työelämään. Hanke kokoaa kuntien, järjestöjen ja oppilaitosten palvelut yhdelle polulle, ja polkua kokeillaan kolmessa eteläsavolaisessa kunnassa.</p>
<p>Osallistujat laativat oman suunnitelman, saavat vertaistukea ja tutustuvat työpaikkoihin. Tuloksena syntyy toimintamalli, jonka kunnat voivat ottaa osaksi palvelujaan.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Osallistujat yhteensä</h3><p>120</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
