<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: S22871</p>
<p>Hankkeen nimi: Työpaja pyörillä</p>
<p>Toimintalinja: 4 Koulutus, ammattitaito ja elinikäinen oppiminen</p>
<p>Erityistavoite: 9.1 Siirtymävaiheita ja koulutuksellista tasa-arvoa tukevien palveluiden parantaminen</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.8.2022 ja päättyy 31.8.2023</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Hämeen elinkeino-, liikenne- ja ympäristökeskus</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Tampereen kaupunki</p>
<p>Organisaatiotyyppi: Kunta</p>
<p>Y-tunnus: 0211675-2</p>
<p>Jakeluosoite: PL 487</p>
<p>Puhelinnumero: 03 5650 0101</p>
<p>Postinumero: 33101</p>
<p>Postitoimipaikka: TAMPERE</p>
<p>WWW-osoite: www.tampere.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Jorma Hietakangas</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: projektipäällikkö</p>
<p>Yhteyshenkilön sähköpostisoite: jorma.hietakangas(at)tredu.example</p>
<p>Yhteyshenkilön puhelinnumero: 044 550 1102</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)</p>
</div>
<div class="osio"><h2>Osatoteuttajat</h2>
<p>Valkeakosken ammattiopisto, 0157568-2</p>
<p>Tampereen ammattikorkeakoulu Oy, 1015428-1</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Hankkeessa rakennetaan liikkuva metallialan oppimisympäristö, joka viedään pienten yritysten pihaan. Työntekijät saavat lyhytkestoista koulutusta omalla työpaikallaan ilman matkoja ja pitkiä poissaoloja.</p>
<p>Hankkeen kokonaiskustannukset ovat 398 000 euroa.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Osallistujat</h3><p>400</p>
<h3>Pk-yritykset</h3><p>60</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
