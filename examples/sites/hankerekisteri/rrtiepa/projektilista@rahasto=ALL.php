<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8" /><title>Rakennerahastotietopalvelu</title></head><body><h1>Hankelista</h1><p>Hankkeita yhteensä: 6</p><table><tr><th>Hankekoodi</th><th>Hankkeen nimi</th></tr><tr><td><a href="projekti.php?projektikoodi=S21955">S21955</a></td><td>Digiloikka työpaikalla</td></tr>
<tr><td><a href="projekti.php?projektikoodi=S22871">S22871</a></td><td>Työpaja pyörillä</td></tr>
<tr><td><a href="projekti.php?projektikoodi=S20733">S20733</a></td><td>Kotoa töihin</td></tr>
<tr><td><a href="projekti.php?projektikoodi=A72544">A72544</a></td><td>Rannikon älykäs logistiikka</td></tr>
<tr><td><a href="projekti.php?projektikoodi=S22310">S22310</a></td><td>Yrittäjyys tutuksi toisella asteella</td></tr>
<tr><td><a href="projekti.php?projektikoodi=S23004">S23004</a></td><td>Kuntouttava opinpolku</td></tr>
</table></body></html>
