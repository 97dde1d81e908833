"""The page beside the gallery's pictures to leaf through them: one file, opened from the folder, without a network."""

import json
import re
from pathlib import Path

INDEX = "index.html"
_NAME = re.compile(r"(?P<scene>.+)-(?P<look>\d+x\d+-\w+-(?:light|black-on-white|white-on-black)-\w+)\.png")

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kiosk gallery</title>
<style>
  body { margin: 0; font: 16px sans-serif; background: #444; color: #fff; }
  header { position: sticky; top: 0; background: #222; padding: 8px; display: flex; gap: 12px; align-items: center; }
  select, button { font: inherit; padding: 6px 10px; }
  #all { display: grid; grid-template-columns: repeat(auto-fill, minmax(360px, 1fr)); gap: 8px; padding: 8px; }
  figure { margin: 0; } figcaption { padding: 2px 0; } img { width: 100%; display: block; cursor: pointer; }
  body.one #all { display: block; } body.one figure { display: none; } body.one figure.now { display: block; }
  body.one img { width: auto; max-width: 100%; max-height: calc(100vh - 90px); margin: auto; }
</style>
<header>
  <select id="look"></select><select id="scene"></select>
  <button id="back">&larr;</button><button id="on">&rarr;</button><button id="fit">One / all</button>
  <span id="count"></span> Arrow keys leaf, Enter shows one or all.
</header>
<main id="all"></main>
<script>
const pictures = __PICTURES__;
const get = id => document.getElementById(id), all = get("all");
let now = 0, shown = [];
const options = (id, names) => names.forEach(name => get(id).add(new Option(name)));
options("look", ["every look", ...new Set(pictures.map(each => each.look))]);
options("scene", ["every screen", ...new Set(pictures.map(each => each.scene.split("-")[0]))]);
const chosen = (id, value) => get(id).selectedIndex === 0 || get(id).value === value;
function fill() {
  shown = pictures.filter(each => chosen("look", each.look) && chosen("scene", each.scene.split("-")[0]));
  all.replaceChildren(...shown.map((each, at) => {
    const figure = document.createElement("figure"), image = new Image(), words = document.createElement("figcaption");
    image.loading = "lazy"; image.src = encodeURIComponent(each.file); image.alt = each.scene;
    words.textContent = each.scene + "  ·  " + each.look;
    image.onclick = () => { document.body.classList.toggle("one"); turn(at); };
    figure.append(image, words);
    return figure;
  }));
  get("count").textContent = shown.length + " pictures";
  turn(0);
}
function turn(to) {
  if (!shown.length) return;
  now = (to + shown.length) % shown.length;
  [...all.children].forEach((figure, at) => figure.classList.toggle("now", at === now));
  all.children[now].scrollIntoView({block: "nearest"});
}
get("look").onchange = get("scene").onchange = fill;
get("back").onclick = () => turn(now - 1);
get("on").onclick = () => turn(now + 1);
get("fit").onclick = () => document.body.classList.toggle("one");
document.onkeydown = event => {
  if (event.target.tagName === "SELECT") return;
  if (event.key === "ArrowRight") turn(now + 1);
  if (event.key === "ArrowLeft") turn(now - 1);
  if (event.key === "Enter" && event.target.tagName !== "BUTTON") document.body.classList.toggle("one");
};
fill();
</script>
</html>
"""


def write_index(folder: Path) -> Path:
    """Write the page of all of the gallery's pictures in `folder`, also of those of earlier runs."""
    found = (_NAME.fullmatch(file.name) for file in sorted(folder.glob("*.png")))
    pictures = [{"file": each[0], "scene": each["scene"], "look": each["look"]} for each in found if each is not None]
    page = folder / INDEX
    page.write_text(_PAGE.replace("__PICTURES__", json.dumps(pictures, indent=0)), encoding="utf-8")
    return page
