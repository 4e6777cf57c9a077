// The page of the preview: it shows states as the server sends them, and asks for pictures by their names.
"use strict";
(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (a, b) => (zh ? a : b);
  const $ = (id) => document.getElementById(id);
  const desk = $("desk"), sheet = $("pages");
  const stored = (key, value) => {
    try {
      if (value === undefined) return JSON.parse(localStorage.getItem("nl-" + key));
      localStorage.setItem("nl-" + key, JSON.stringify(value));
    } catch { /* no storage: the setting lasts as long as the page */ }
    return value ?? null;
  };
  let state = null, pages = [], zoom = stored("zoom") || 0, spread = stored("spread") === true;
  const narrow = matchMedia("(max-width: 900px)");

  // words ---------------------------------------------------------------------------------------------------------
  $("toggle-contents").textContent = say("目录", "Contents");
  $("toggle-findings").textContent = say("问题", "Findings");
  $("fit").textContent = say("适宽", "Fit");
  $("spread").textContent = say("对开", "Spread");
  $("prove").textContent = say("制作并校验", "Build and prove");
  $("report").textContent = say("报告", "Report");
  $("pdf").textContent = say("下载 PDF", "PDF");
  $("findings").querySelector(".none").textContent = say("没有发现问题。", "No findings.");
  $("zoom-out").title = say("缩小（-）", "Smaller (-)");
  $("zoom-in").title = say("放大（+）", "Larger (+)");
  $("fit").title = say("与窗口同宽（0）", "As wide as the window (0)");
  $("spread").title = say("左右两页并排（S）", "Two pages side by side (S)");
  $("prove").title = say("制作整份 PDF 并逐条核对（P）", "Make the whole PDF and prove it (P)");
  live(say("连接中……", "Connecting …"), "busy");

  function live(text, kind) { $("live").textContent = text; $("live").className = kind || ""; }
  function toast(text) {
    const box = $("toast");
    box.textContent = text; box.hidden = false;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => { box.hidden = true; }, 3500);
  }

  // pages ---------------------------------------------------------------------------------------------------------
  // Asked for once a page, and asking the browser for a width makes it lay out anew: reckoned once a change.
  let scaled = null;
  const scale = () => scaled ??= reckoned();
  const reckoned = () => {
    if (zoom) return zoom * (96 / 72);
    const widest = Math.max(...state.pages.map((p) => p.w), 1) * (spread ? 2 : 1);
    return Math.max(0.2, Math.min((desk.clientWidth - (narrow.matches ? 22 : 44)) / widest, spread ? 3 : 1.6));
  };
  const wanted = (page) => Math.min(3600, Math.ceil((page.w * scale() * (devicePixelRatio || 1)) / 100) * 100);
  const address = (page) => `page/${page.id}.png?w=${wanted(page)}`;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      entry.target.near = entry.isIntersecting;
      if (entry.isIntersecting) load(entry.target);
    }
  }, { root: desk, rootMargin: "120% 0%" });

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
    const k = scale(), width = `${figure.page.w * k}px`, height = `${figure.page.h * k}px`;
    if (figure.style.width !== width) figure.style.width = width;
    if (figure.style.height !== height) figure.style.height = height;
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
      figure.classList.toggle("alone", spread && i === (state.front ? 0 : -1));
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
    sheet.classList.toggle("spread", spread);
    pages.forEach((figure, i) => { figure.classList.toggle("alone", spread && i === 0); size(figure); });
    hold(place);
    pages.filter((f) => f.near).forEach(load);
    $("zoom").textContent = `${Math.round((scale() / (96 / 72)) * 100)}%`;
    $("spread").setAttribute("aria-pressed", String(spread));
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
    if (narrow.matches) { show("contents", false); show("findings", false); }
  }

  async function source(figure, event) {
    const area = figure.getBoundingClientRect();
    const x = (event.clientX - area.left) / area.width, y = (event.clientY - area.top) / area.height;
    const answer = await fetch(`source?page=${pages.indexOf(figure)}&x=${x.toFixed(4)}&y=${y.toFixed(4)}`);
    if (!answer.ok) return;
    const spot = await answer.json();
    if (spot.link) location.assign(spot.link); else copy(`${spot.file}:${spot.line}`);
  }

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); toast(say(`已复制：${text}`, `Copied: ${text}`)); }
    catch { toast(text); }
  }

  // panels --------------------------------------------------------------------------------------------------------
  // What is the same as before stays: a list made anew takes longer than a page.
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

  function findings() {
    const list = $("findings").querySelector("ol"), none = $("findings").querySelector(".none");
    none.hidden = state.findings.length > 0;
    const count = state.findings.length;
    $("toggle-findings").textContent = say("问题", "Findings") + (count ? ` ${count}` : "");
    fill(list, state.findings, () => {
      const item = document.createElement("li");
      item.innerHTML = "<span class=code></span><div class=message></div><div class=hint></div><button class=where></button>";
      item.querySelector(".where").addEventListener("click", (event) => {
        const finding = item.finding;
        event.stopPropagation();
        if (finding.link) location.assign(finding.link);
        else copy(finding.file ? `${finding.file}:${finding.line}:${finding.column}` : finding.where);
      });
      item.addEventListener("click", () => { if (item.finding.page !== null) go(item.finding.page, item.finding.box); });
      return item;
    }, (item, finding) => {
      item.finding = finding;
      item.className = finding.severity;
      for (const name of ["code", "message", "hint", "where"]) set(item.querySelector(`.${name}`), finding[name]);
      item.querySelector(".where").title = finding.link ? say("在编辑器里打开", "Open in the editor") : say("复制路径", "Copy the path");
    });
    const alarm = $("alarm"), first = state.findings.find((f) => f.severity === "error");
    alarm.hidden = !state.broken;
    if (state.broken) {
      const text = first ? `${first.where}　${first.message}` : "";
      alarm.textContent = say("有错误，页面停在上一次的样子：", "There are errors; the pages are those of before: ") + text;
    }
  }
  $("alarm").addEventListener("click", () => { show("findings", true); $("findings").focus(); });

  function show(name, on) {
    $(name).hidden = !on;
    $(`toggle-${name}`).setAttribute("aria-expanded", String(on));
    stored(name, on);
    relay();
  }
  for (const name of ["contents", "findings"]) {
    const on = narrow.matches ? false : stored(name) !== false;
    $(name).hidden = !on;
    $(`toggle-${name}`).setAttribute("aria-expanded", String(on));
    $(`toggle-${name}`).addEventListener("click", () => show(name, $(name).hidden));
  }

  // states --------------------------------------------------------------------------------------------------------
  function take(next) {
    if (!next.version || (state && next.version === state.version && next.born === state.born)) return;
    const before = state, place = anchor();
    state = next;
    document.title = $("title").textContent = state.title;
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
    live(state.broken ? say("有错误", "Errors") : say(`${state.pages.length} 页，${state.seconds.toFixed(2)} 秒`, `${state.pages.length} pages, ${state.seconds.toFixed(2)} s`), state.broken ? "lost" : state.complete ? "" : "busy");
  }

  const stream = new EventSource("events");
  stream.onmessage = (event) => take(JSON.parse(event.data));
  stream.onerror = () => live(say("连接断了，正在重连……", "Connection lost, trying again …"), "lost");
  stream.onopen = () => { if (state) live(say("已连接", "Connected")); };

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
  $("spread").onclick = () => { spread = !spread; stored("spread", spread); relay(); };
  $("prove").onclick = async () => {
    const button = $("prove");
    button.disabled = true;
    live(say("正在制作并校验……", "Building and proving …"), "busy");
    try {
      const answer = await fetch("proof", { method: "POST" }), told = await answer.json();
      const good = told.exit === 0;
      toast(good ? say(`校验通过：${told.pages} 页`, `Proved: ${told.pages} pages`) : say("没有通过，请看报告", "Not passed: see the report"));
      live(good ? say("校验通过", "Proved") : say("没有通过", "Not passed"), good ? "" : "lost");
      $("report").hidden = $("pdf").hidden = false;
    } catch { live(say("没有做成", "Not made"), "lost"); }
    button.disabled = false;
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
    };
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) { event.preventDefault(); action(); }
  });
  // Two fingers on the pages change the zoom, not the browser's.
  const fingers = new Map();
  let pinch = 0;
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
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) desk.addEventListener(end, (event) => { fingers.delete(event.pointerId); if (fingers.size < 2 && pinch) { pinch = 0; stored("zoom", zoom); } });
})();
