// The words of the page in its language, and the ways to say something.
const zh = document.documentElement.lang.startsWith("zh");
export const say = (a, b) => (zh ? a : b);
export const $ = (id) => document.getElementById(id);
export const stored = (key, value) => {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem("nl-" + key));
    localStorage.setItem("nl-" + key, JSON.stringify(value));
  } catch { /* no storage: the setting lasts as long as the page */ }
  return value ?? null;
};

export async function copy(text) {
  try { await navigator.clipboard.writeText(text); toast(say(`已复制：${text}`, `Copied: ${text}`)); }
  catch { toast(say(`浏览器不让复制，请照抄：${text}`, `The browser does not let it be copied: ${text}`)); }
}

export function live(text, kind, more) {
  const rest = document.createElement("span");
  rest.textContent = more || "";
  $("live").replaceChildren(text, rest);
  $("live").className = kind || "";
}

export function toast(text) {
  const box = $("toast");
  box.textContent = text; box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, 3500);
}

// words ---------------------------------------------------------------------------------------------------------
$("toggle-contents").textContent = say("目录", "Contents");
$("toggle-findings").textContent = say("问题", "Findings");
$("fit").textContent = say("适宽", "Fit");
$("spread").textContent = say("对开", "Spread");
$("prove").textContent = say("制作并校验", "Build and prove");
$("report").textContent = say("报告", "Report");
$("pdf").textContent = say("下载 PDF", "PDF");
$("contents").setAttribute("aria-label", say("目录", "Contents"));
$("findings").setAttribute("aria-label", say("问题", "Findings"));
$("desk").setAttribute("aria-label", say("页面", "Pages"));
$("findings").querySelector(".none").textContent = say("没有发现问题。", "No findings.");
$("zoom-out").title = say("缩小（-）", "Smaller (-)");
$("zoom-in").title = say("放大（+）", "Larger (+)");
$("fit").title = say("与窗口同宽（0）", "As wide as the window (0)");
$("spread").title = say("左右两页并排（S）", "Two pages side by side (S)");
$("prove").title = say("制作整份 PDF 并逐条核对（P）", "Make the whole PDF and prove it (P)");
live(say("连接中……", "Connecting …"), "busy");
