// A point to drag along f: its value, its slope, the tangent; at a kink both tangents.
const box = document.currentScript.previousElementSibling, svg = box.previousElementSibling;
const [left, right, top, bottom] = box.dataset.place.split(" ").map(Number);
const [x0, x1, y0, y1] = box.dataset.range.split(" ").map(Number);
const kinks = box.dataset.kinks.split(";").filter(Boolean).map(text => text.split(" ").map(Number));
const slider = box.querySelector("input"), out = box.querySelector("output");
const across = x => left + (x - x0) / (x1 - x0) * (right - left);
const down = y => bottom - (y - y0) / (y1 - y0) * (bottom - top);
const add = (kind, name) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", kind);
  element.setAttribute("class", name);
  svg.append(element);
  return element;
};
const tangents = [add("path", "tangent"), add("path", "tangent")];
const dots = [add("circle", "play-value"), add("circle", "play-slope")];
const spell = number => Number.isFinite(number)
  ? String(Number(number.toPrecision(5))).replace("-", "\u2212") : words.undefined;
const tangent = (x, y, m, from, to) => {
  const ends = [from, to].map(at => [at, y + m * (at - x)]).map(([at, height]) => {
    const inside = Math.min(Math.max(height, y0), y1);
    return m ? [x + (inside - y) / m, inside] : [at, inside];
  });
  return "M" + ends.map(([at, height]) => `${across(at).toFixed(2)} ${down(height).toFixed(2)}`).join("L");
};
const show = () => {
  let x = Number(slider.value);
  const kink = kinks.find(([at]) => Math.abs(at - x) < (x1 - x0) / 120);
  if (kink) x = kink[0]; else x = Number(x.toFixed(2));
  const y = value(x), m = slope(x), seen = Number.isFinite(y) && y >= y0 && y <= y1;
  const lines = kink ? [[kink[1], x0, x], [kink[2], x, x1]] : [[m, x0, x1]];
  tangents.forEach((path, k) => {
    const line = lines[k];
    path.setAttribute("d", seen && line && Number.isFinite(line[0]) ? tangent(x, y, line[0], line[1], line[2]) : "");
  });
  [[y, seen], [m, !kink && Number.isFinite(m) && m >= y0 && m <= y1]].forEach(([height, visible], k) => {
    dots[k].setAttribute("r", visible ? 5 : 0);
    dots[k].setAttribute("cx", across(x));
    dots[k].setAttribute("cy", visible ? down(height) : 0);
  });
  const tail = kink
    ? words.slopes.replace("{left}", spell(kink[1])).replace("{right}", spell(kink[2]))
    : `f\u2032(x) = ${spell(m)}`;
  out.textContent = `x = ${spell(x)}, f(x) = ${spell(y)}, ${tail}`;
};
const drag = event => {
  const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  slider.value = x0 + (place.x - left) / (right - left) * (x1 - x0);
  show();
};
slider.addEventListener("input", show);
svg.addEventListener("pointerdown", event => { svg.setPointerCapture(event.pointerId); drag(event); });
svg.addEventListener("pointermove", event => { if (event.buttons) drag(event); });
box.hidden = false;
show();
