<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan aluekehitysrahaston (EAKR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: A72544</p>
<p>Hankkeen nimi: Rannikon älykäs logistiikka</p>
<p>Toimintalinja: 2 Uusimman tiedon ja osaamisen tuottaminen ja hyödyntäminen</p>
<p>Erityistavoite: 4.1 Tutkimus-, osaamis- ja innovaatiokeskittymien kehittäminen alueellisten vahvuuksien pohjalta</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.1.2018 ja päättyy 30.6.2020</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Pohjanmaan liitto</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Yrkeshögskolan Novia</p>
<p>Organisaatiotyyppi: Osakeyhtiö</p>
<p>Y-tunnus: 2059910-2</p>
<p>Jakeluosoite: Wolffskavägen 33</p>
<p>Puhelinnumero: 06 550 2021</p>
<p>Postinumero: 65200</p>
<p>Postitoimipaikka: VASA</p>
<p>WWW-osoite: www.novia.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Kristian Sandlin</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: projektledare</p>
<p>Yhteyshenkilön sähköpostisoite: kristian.sandlin(at)novia.example</p>
<p>Yhteyshenkilön puhelinnumero: 050 550 2022</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)</p>
</div>
<div class="osio"><h2>Osatoteuttajat</h2>
<p>Vaasan ammattikorkeakoulu Oy, 2627679-7</p>
<p>Åbo Akademi, 0246312-1</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Projektet utvecklar smarta logistiklösningar för små hamnar längs den österbottniska kusten. Hamnarnas flöden mäts med sensorer och data samlas i en gemensam tjänst som företag och kommuner kan använda.</p>
<p>Målet är att minska väntetider och utsläpp. Resultaten testas i tre hamnar och sprids till andra kustregioner.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Pk-yritykset</h3><p>25</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
