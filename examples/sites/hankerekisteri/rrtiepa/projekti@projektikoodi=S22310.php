<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fi" lang="fi"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Rakennerahastotietopalvelu</title></head>
<body><div id="sisalto"><div class="osio"><h1>Euroopan sosiaalirahaston (ESR) rahoittaman hankkeen kuvaus</h1></div>
<div class="osio"><h2>1 Hanke</h2>
<p>Hankekoodi: S22310</p>
<p>Hankkeen nimi: Yrittäjyys tutuksi toisella asteella</p>
<p>Toimintalinja: 4 Koulutus, ammattitaito ja elinikäinen oppiminen</p>
<p>Erityistavoite: 9.3 Kasvu- ja rakennemuutosalojen koulutuksen tarjonnan ja laadun parantaminen</p>
<p>Suunnitelman mukainen toteutusaika: Alkaa 1.3.2021 ja päättyy 28.2.2023</p>
<p>Toiminnan tila: Toiminta päättynyt</p>
<p>Vastuuviranomainen: Pohjois-Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus</p>
</div>
<div class="osio"><h2>2 Hakijan perustiedot</h2>
<p>Hakijan virallinen nimi: Koulutuskuntayhtymä OSAO</p>
<p>Organisaatiotyyppi: Kuntayhtymä</p>
<p>Y-tunnus: 0992445-3</p>
<p>Jakeluosoite: Kiviharjuntie 6</p>
<p>Puhelinnumero: 08 550 2031</p>
<p>Postinumero: 90220</p>
<p>Postitoimipaikka: OULU</p>
<p>WWW-osoite: www.osao.fi</p>
<p>Hankkeen yhteyshenkilön nimi: Veikko Pahkala</p>
<p>Yhteyshenkilön asema hakijaorganisaatiossa: kehittämiskoordinaattori</p>
<p>Yhteyshenkilön sähköpostisoite: veikko.pahkala(at)osao.example</p>
<p>Yhteyshenkilön puhelinnumero: 040 550 2032</p>
<p>Hakijoiden lukumäärä tai tuen siirto -menettely: Vain yksi hakija</p>
</div>
<div class="osio"><h2>3 Suunnitelman mukainen tiivistelmä toteutuksesta</h2>
<p>Hankkeessa opiskelijat perustavat harjoitusyrityksiä ja ratkovat oikeiden yritysten toimeksiantoja. Opettajille rakennetaan yrittäjyyskasvatuksen työkalupakki ja yrittäjille kummitoiminnan malli.</p>
</div>
<div class="osio"><h2>7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantiedoista</h2>
<h3>Opiskelijat</h3><p>350</p>
</div>
</div><div id="alaosa"><p>Esimerkkiaineisto: hankkeet, henkilöt ja yhteystiedot ovat keksittyjä.</p></div></body></html>
