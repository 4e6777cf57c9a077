// The page of the preview: it shows states as the server sends them, and asks for pictures by their names.
import { $, copy, live, say, stored, toast } from "./words.js";

const desk = $("desk"), sheet = $("pages");
let state = null, pages = [], zoom = stored("zoom") || 0, spread = stored("spread") === true, pinch = 0;
const narrow = matchMedia("(max-width: 900px)");

const errors = () => state.findings.filter((finding) => finding.severity === "error");
function settled() {
  const { broken, complete, pages: { length } } = state, s = state.seconds.toFixed(2);
  if (broken || (complete && errors().length)) live(say("有错误", "Errors"), "lost");
  else live(say(`${length} 页`, `${length} pages`), complete ? "" : "busy", say(`，排了 ${s} 秒`, ` in ${s} s`));
}

// pages ---------------------------------------------------------------------------------------------------------
// Asked for many times a page, and to ask for a width makes the browser lay out: reckoned once a change.
let scaled = null;
const scale = () => scaled ??= reckoned();
const reckoned = () => {
  if (zoom) return zoom * (96 / 72);
  const widest = Math.max(...state.pages.map((p) => p.w), 1) * (spread ? 2 : 1);
  return Math.max(0.2, Math.min((desk.clientWidth - (narrow.matches ? 22 : 44)) / widest, spread ? 3 : 1.6));
};
// Pages are whole dots of the screen wide, and their pictures as many: so they are sharp.
const dots = (pt) => Math.round(pt * scale() * devicePixelRatio);
const wanted = (page) => Math.min(3600, dots(page.w));
const address = (page) => `page/${page.id}.png?w=${wanted(page)}`;
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    entry.target.near = entry.isIntersecting;
    if (entry.isIntersecting) load(entry.target);
  }
}, { root: desk, rootMargin: "120% 0%" });

function loading() { if (!pinch) pages.filter((f) => f.near).forEach(load); } // not for sizes that pass

function load(figure) {
  const page = figure.page;
  if (!page.id) return;
  const src = address(page);
  if (figure.src === src) return;
  figure.src = src;
  const image = new Image();
  image.alt = say(`第 ${page.label} 页`, `page ${page.label}`);
  image.decoding = "async";
  image.onload = () => {
    if (figure.src !== src) return;
    figure.querySelectorAll("img").forEach((old) => old.remove());
    figure.prepend(image);
    figure.dataset.shown = page.id;
  };
  image.onerror = () => { if (figure.src === src) { figure.src = ""; } };
  image.src = src;
}

function figureFor(page) {
  const figure = document.createElement("figure");
  figure.className = "page";
  const label = document.createElement("figcaption");
  label.className = "label";
  figure.append(label);
  figure.page = page;
  figure.addEventListener("dblclick", (event) => source(figure, event));
  return figure;
}

function size(figure) {
  for (const [side, pt] of [["width", figure.page.w], ["height", figure.page.h]]) {
    const length = `${dots(pt) / devicePixelRatio}px`;
    if (figure.style[side] !== length) figure.style[side] = length;
  }
}

function lay(before) {
  // Pages that stay are those that both states begin and end with; the reader's place is kept by what stays.
  scaled = null;
  const now = state.pages, was = pages.map((f) => f.page.id), fresh = [];
  let head = 0, tail = 0;
  while (head < now.length && head < was.length && now[head].id === was[head]) head++;
  while (tail < now.length - head && tail < was.length - head && now[now.length - 1 - tail].id === was[was.length - 1 - tail]) tail++;
  const middle = pages.slice(head, pages.length - tail);
  const made = now.slice(head, now.length - tail).map((page, i) => {
    const figure = middle[i] || figureFor(page);
    if (middle[i] && page.id && figure.page.id !== page.id) fresh.push(figure);
    if (!middle[i] && before) fresh.push(figure);
    figure.page = page;
    return figure;
  });
  for (const gone of middle.slice(made.length)) { seen.unobserve(gone); gone.remove(); }
  const kept = [...pages.slice(0, head), ...made, ...pages.slice(pages.length - tail)];
  kept.forEach((figure, i) => {
    figure.page = now[i];
    set(figure.querySelector(".label"), now[i].label);
    size(figure);
    if (sheet.children[i] !== figure) sheet.insertBefore(figure, sheet.children[i] || null);
    seen.observe(figure);
    if (figure.near) load(figure);
  });
  pages = kept;
  return fresh;
}

function anchor() {
  const top = desk.getBoundingClientRect().top + 4;
  const figure = pages.find((f) => f.getBoundingClientRect().bottom > top);
  return figure && { figure, offset: figure.getBoundingClientRect().top, at: pages.indexOf(figure) };
}

function hold(place) {
  if (!place) return;
  const figure = place.figure.isConnected ? place.figure : pages[Math.min(place.at, pages.length - 1)];
  if (figure) desk.scrollTop += figure.getBoundingClientRect().top - place.offset;
}

function relay(keep = true) {
  if (!state) return;
  scaled = null;
  const place = keep ? anchor() : null;
  pages.forEach(size);
  hold(place);
  loading();
  $("zoom").textContent = `${Math.round((scale() / (96 / 72)) * 100)}%`;
}

function pair(on) {
  spread = on;
  sheet.classList.toggle("spread", spread); // the first page, a right one, stands alone
  $("spread").setAttribute("aria-pressed", String(spread));
  relay();
}

function go(index, box) {
  const figure = pages[index];
  if (!figure) return;
  figure.scrollIntoView({ block: box ? "nearest" : "start" });
  if (box) {
    const mark = document.createElement("span");
    mark.className = "mark";
    const [l, t, r, b] = box;
    Object.assign(mark.style, { left: `${l * 100}%`, top: `${t * 100}%`, width: `${(r - l) * 100}%`, height: `${(b - t) * 100}%` });
    figure.append(mark);
    const top = figure.offsetTop + t * figure.offsetHeight;
    desk.scrollTo({ top: Math.max(0, top - desk.clientHeight / 3) });
    setTimeout(() => mark.remove(), 4200);
  }
  away();
  desk.focus({ preventScroll: true }); // so that keys turn pages
}

async function source(figure, event) {
  const area = figure.getBoundingClientRect();
  const x = (event.clientX - area.left) / area.width, y = (event.clientY - area.top) / area.height;
  const answer = await fetch(`source?page=${pages.indexOf(figure)}&x=${x.toFixed(4)}&y=${y.toFixed(4)}`);
  if (!answer.ok) return;
  const spot = await answer.json();
  if (spot.link) location.assign(spot.link); else copy(`${spot.file}:${spot.line}`);
}

// panels --------------------------------------------------------------------------------------------------------
// What is the same as before stays: to make a list anew takes longer than to show a page.
function fill(list, items, make, put) {
  while (list.children.length > items.length) list.lastChild.remove();
  items.forEach((told, i) => {
    const text = JSON.stringify(told), item = list.children[i] || list.appendChild(make());
    if (item.told === text) return;
    item.told = text;
    put(item, told);
  });
}
const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };

function contents() {
  fill($("contents").querySelector("ol"), state.contents, () => {
    const item = document.createElement("li");
    item.innerHTML = "<a href='#'><span class=n></span><span class=t></span><span class=p></span></a>";
    item.firstChild.addEventListener("click", (event) => { event.preventDefault(); if (item.dataset.page !== "") go(Number(item.dataset.page)); });
    return item;
  }, (item, line) => {
    item.className = `l${line.level}`;
    item.dataset.page = line.page ?? "";
    set(item.querySelector(".n"), line.number);
    set(item.querySelector(".t"), line.title);
    set(item.querySelector(".p"), line.printed);
  });
  here();
}

function here() {
  const place = anchor();
  if (!place) return;
  let found = null;
  for (const item of $("contents").querySelectorAll("li")) {
    item.classList.remove("here");
    if (item.dataset.page !== "" && Number(item.dataset.page) <= place.at) found = item;
  }
  if (found) found.classList.add("here");
}

const place = (finding) => (finding.file ? `${finding.file}:${finding.line}:${finding.column}` : finding.where);

function findings() {
  const list = $("findings").querySelector("ol"), none = $("findings").querySelector(".none");
  none.hidden = state.findings.length > 0;
  const count = state.findings.length;
  $("toggle-findings").textContent = say("问题", "Findings") + (count ? ` ${count}` : "");
  fill(list, state.findings, () => {
    const item = document.createElement("li");
    item.innerHTML = "<span class=code></span><button class=message></button><div class=hint></div><button class=where></button>";
    item.querySelector(".where").addEventListener("click", (event) => {
      event.stopPropagation();
      if (item.finding.link) location.assign(item.finding.link);
      else copy(place(item.finding));
    });
    item.addEventListener("click", () => { if (item.finding.page !== null) go(item.finding.page, item.finding.box); });
    return item;
  }, (item, finding) => {
    item.finding = finding;
    item.className = finding.severity;
    item.classList.toggle("nowhere", finding.page === null);
    item.querySelector(".message").disabled = finding.page === null;
    for (const name of ["code", "message", "hint", "where"]) set(item.querySelector(`.${name}`), finding[name]);
    item.querySelector(".where").title = (finding.link ? say("在编辑器里打开 ", "Open in the editor ") : say("复制 ", "Copy ")) + place(finding);
  });
  const alarm = $("alarm"), [first] = errors();
  alarm.hidden = !state.broken && !first;
  if (!alarm.hidden) {
    set(alarm.querySelector(".what"), first ? `${first.where}　${first.message}` : "");
    set(alarm.querySelector(".hint"), first && first.hint ? say("怎么办：", "What to do: ") + first.hint : "");
    set(alarm.querySelector(".still"), !state.broken
      ? say("页面是现在的样子；改好以前，做不出 PDF。", "The pages are those of now; there is no PDF until it is mended.")
      : pages.length
      ? say("改好以前，页面停在上一次的样子。", "Until it is mended the pages are those of before.")
      : say("改好存盘，页面就会出现。", "Mended and saved, the pages appear."));
  }
}
$("alarm").addEventListener("click", () => { away(); show("findings", true); $("findings").focus(); });

const wanting = (name) => !narrow.matches && stored(name) !== false;
function show(name, on) {
  $(name).hidden = !on;
  $(`toggle-${name}`).setAttribute("aria-expanded", String(on));
  relay();
}
for (const name of ["contents", "findings"]) {
  show(name, wanting(name));
  $(`toggle-${name}`).addEventListener("click", () => {
    const on = $(name).hidden;
    if (narrow.matches) away(); else stored(name, on); // there is room for one
    show(name, on);
  });
}

// Esc, or a touch of the pages, puts away what lies over them.
function away() { if (narrow.matches) for (const name of ["contents", "findings"]) show(name, false); }
desk.addEventListener("click", away);
narrow.addEventListener("change", () => { for (const name of ["contents", "findings"]) show(name, wanting(name)); });

// states --------------------------------------------------------------------------------------------------------
function take(next) {
  if (!next.version || (state && next.version === state.version && next.born === state.born)) return;
  const before = state, place = anchor();
  state = next;
  if (state.broken && before && !state.pages.length) {
    // Started again while there is an error, a server has no pages yet: those that are shown stay.
    for (const key of ["pages", "contents", "front", "title"]) state[key] = before[key];
  }
  $("title").textContent = state.title;
  $("issue").textContent = state.issue;
  document.title = `${state.issue} ${state.title}`;
  if (state.complete) sources = state.proved;
  offer();
  if (reported !== judged()) $("report").hidden = true;
  if (!state.broken || !before) {
    const fresh = lay(before);
    hold(place);
    for (const figure of fresh) {
      figure.classList.remove("changed");
      void figure.offsetWidth;
      figure.classList.add("changed");
    }
  }
  contents(); findings();
  $("zoom").textContent = `${Math.round((scale() / (96 / 72)) * 100)}%`;
  document.body.dataset.version = state.version;
  document.body.dataset.complete = state.complete;
  if ($("prove").disabled) return; // what is being made is told
  settled();
}

const stream = new EventSource("events");
stream.onmessage = (event) => take(JSON.parse(event.data));
stream.onerror = () => live(
  stream.readyState === EventSource.CLOSED
    ? say("预览换了地址，请用终端里的新地址", "The address is another now: see the terminal")
    : say("连接断了，正在重连……", "Connection lost, trying again …"), "lost");
stream.onopen = () => { if (state) { settled(); loading(); } };

// tools ---------------------------------------------------------------------------------------------------------
const steps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
function magnify(to) { zoom = to; stored("zoom", zoom); relay(); }
function step(by) {
  const current = scale() / (96 / 72);
  magnify(by > 0 ? steps.find((s) => s > current * 1.02) || 4 : [...steps].reverse().find((s) => s < current * 0.98) || 0.25);
}
$("zoom-in").onclick = () => step(1);
$("zoom-out").onclick = () => step(-1);
$("fit").onclick = () => magnify(0);
$("spread").onclick = () => { pair(!spread); stored("spread", spread); };
pair(spread);
// What was proved is offered as long as it is what is shown and of the same files (an alt text is on no page), its
// report as long as the same is found.
let proved = "", reported = "", sources = false;
const offer = () => { $("pdf").hidden = !proved || proved !== shown() || !sources; };
const judged = () => JSON.stringify([shown(), state.broken, state.findings.map((f) => [f.code, f.where, f.message])]);
const shown = () => state.pages.map((page) => page.id).join();
$("prove").onclick = async () => {
  const button = $("prove"), before = shown(), found = judged();
  button.disabled = true;
  live(say("正在制作并校验……", "Building and proving …"), "busy");
  let told = null;
  try { told = await (await fetch("proof", { method: "POST" })).json(); } catch { /* the server is gone */ }
  button.disabled = false;
  const good = told !== null && told.exit === 0, report = told !== null && told.reported;
  proved = good ? before : "";
  sources = good && told.proved;
  reported = found;
  const saved = (told !== null && told.changed) || found !== judged();
  if (!good && saved) {
    $("report").hidden = true;
    offer();
    toast(say("制作途中存过盘，请再按一次「制作并校验」", "Saved while it was made: press “Build and prove” again"));
    live(say("制作途中存过盘", "Saved meanwhile"), "lost");
    return;
  }
  $("report").hidden = !report || saved;
  offer();
  if (good) toast(say(`校验通过：${told.pages} 页`, `Proved: ${told.pages} pages`));
  else toast(report ? say("没有通过，请看报告", "Not passed: see the report") : say("没有做成", "Not made"));
  live(good ? say("校验通过", "Proved") : report ? say("没有通过", "Not passed") : say("没有做成", "Not made"), good ? "" : "lost");
};
desk.addEventListener("scroll", () => { clearTimeout(here.timer); here.timer = setTimeout(here, 80); }, { passive: true });
addEventListener("resize", () => relay());
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
  const place = anchor(), turn = spread ? 2 : 1;
  const keys = {
    "+": () => step(1), "=": () => step(1), "-": () => step(-1), 0: () => magnify(0), s: () => $("spread").click(),
    p: () => $("prove").click(), ArrowRight: () => place && go(Math.min(pages.length - 1, place.at + turn)),
    ArrowLeft: () => place && go(Math.max(0, place.at - turn)), Home: () => go(0), End: () => go(pages.length - 1),
    Escape: away,
  };
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action) { event.preventDefault(); action(); }
});
desk.focus({ preventScroll: true });

// Two fingers on the pages change the zoom, not the browser's.
const fingers = new Map();
const spanned = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
desk.addEventListener("pointerdown", (event) => {
  fingers.set(event.pointerId, event);
  if (fingers.size === 2) pinch = spanned() / scale();
});
desk.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  fingers.set(event.pointerId, event);
  if (fingers.size === 2 && pinch) { zoom = Math.max(0.2, Math.min(4, spanned() / pinch / (96 / 72))); relay(); }
});
for (const end of ["pointerup", "pointercancel", "pointerleave"]) desk.addEventListener(end, (event) => { fingers.delete(event.pointerId); if (fingers.size < 2 && pinch) { pinch = 0; stored("zoom", zoom); loading(); } });
