// The review page: from a figure to its source and back, editing, and the corrected brief.
//
// The page is complete HTML before this runs: figures are links into the report. The script lights
// what belongs together, keeps the brief in #brief-data in step with what the reviewer does, and
// writes it out. Text from the report only ever passes through textContent and data attributes.
"use strict";

const brief = JSON.parse(document.getElementById("brief-data").textContent);
const memo = document.getElementById("memo");
const report = document.getElementById("report");
const statements = [...memo.querySelectorAll(".statement")];
let current = null;

// ── finding and lighting ──

function say(text) {
  document.getElementById("status").textContent = text;
}

function dim() {
  document.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
}

function light(elements) {
  dim();
  elements.forEach((element) => element.classList.add("lit"));
}

function bring(element) {
  element.scrollIntoView({ block: "center", behavior: "instant" });
}

function sentencesOf(statement) {
  return statement.dataset.sources
    .split(" ")
    .filter(Boolean)
    .map((index) => document.getElementById(`s${Number(index) + 1}`))
    .filter(Boolean);
}

function choose(statement, { focus = true } = {}) {
  if (current) current.classList.remove("current");
  current = statement;
  current.classList.add("current");
  if (focus) {
    bring(current);
    current.focus({ preventScroll: true });
  }
}

/** Light the evidence of one figure, or else all sentences of its statement. */
function showFigure(figure) {
  choose(figure.closest(".statement"), { focus: false });
  const { start, end } = figure.dataset;
  const marks = start
    ? [...report.querySelectorAll("mark.evidence")].filter(
        (mark) => Number(mark.dataset.start) < Number(end) && Number(mark.dataset.end) > Number(start),
      )
    : [];
  const sentences = marks.length
    ? [...new Set(marks.map((mark) => mark.closest(".sentence")))]
    : sentencesOf(current);
  light([figure, ...marks, ...sentences]);
  if (sentences.length) bring(marks[0] ?? sentences[0]);
  const places = sentences.map((sentence) => sentence.title).join("、");
  say(`${figure.firstChild.textContent}：${figure.title}。${places}`);
}

function showSources(statement, first) {
  choose(statement, { focus: false });
  const sentences = sentencesOf(statement);
  light(sentences);
  const target = first ?? sentences[0];
  if (!target) return;
  bring(target);
  target.focus({ preventScroll: true });
  say(target.closest(".sentence")?.title ?? "");
}

/** From a sentence of the report to the statements that cite it, one after the other. */
function showCiting(sentence) {
  const index = String(Number(sentence.id.slice(1)) - 1);
  const citing = statements.filter((one) => one.dataset.sources.split(" ").includes(index));
  if (!citing.length) return;
  const next = citing[(citing.indexOf(current) + 1) % citing.length];
  light([sentence]);
  choose(next);
}

function step(by) {
  const seen = statements.filter((statement) => statement.offsetParent !== null);
  if (!seen.length) return;
  const at = seen.indexOf(current);
  const next = at < 0 ? (by > 0 ? 0 : seen.length - 1) : at + by;
  choose(seen[Math.min(Math.max(next, 0), seen.length - 1)]);
}

// ── what a person does to a statement ──

function dataOf(statement) {
  return brief[statement.dataset.part][Number(statement.dataset.place)];
}

function keep(statement, changes) {
  brief[statement.dataset.part][Number(statement.dataset.place)] = {
    ...dataOf(statement),
    ...changes,
  };
  showState(statement);
}

/** Bring badges, buttons and the count of open cases in step with the data. */
function showState(statement) {
  const { origin, reviewed } = dataOf(statement);
  statement.classList.toggle("reviewed", reviewed);
  statement.querySelector(".badge.reviewed").hidden = !reviewed;
  statement.querySelector(".badge.edited").hidden = origin !== "edited";
  statement.querySelector(".check").setAttribute("aria-pressed", String(reviewed));
  statement.classList.toggle("doubtful", statement.dataset.doubt === "true" && !reviewed);
  countDoubtful();
}

function countDoubtful() {
  const open = statements.filter((statement) => statement.classList.contains("doubtful"));
  document.getElementById("doubtful-count").textContent = String(open.length);
  memo.querySelectorAll(".topic").forEach((topic) => {
    const own = statements.filter((statement) => statement.dataset.topic === topic.id);
    topic.classList.toggle("quiet", !own.some((one) => one.classList.contains("doubtful")));
  });
}

function edit(statement) {
  if (statement.querySelector(".editor")) return;
  choose(statement, { focus: false });
  const form = document.getElementById("editor").content.firstElementChild.cloneNode(true);
  const area = form.querySelector("textarea");
  area.value = dataOf(statement).text;
  const close = () => {
    form.remove();
    statement.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    accept(statement, area.value.replace(/\s+/g, " ").trim());
    close();
  });
  form.querySelector(".cancel").addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  statement.append(form);
  area.focus();
}

/** Take a new wording. Nobody has checked it: the old checks and figures go. */
function accept(statement, text) {
  if (!text || text === dataOf(statement).text) return;
  const { part, place } = statement.dataset;
  brief.figures = brief.figures.filter(
    (figure) => figure.part !== part || figure.item !== Number(place),
  );
  statement.querySelector(".text").textContent = text;
  statement.dataset.doubt = "true";
  statement.querySelectorAll(".badge:not(.edited):not(.reviewed)").forEach((badge) => badge.remove());
  dim();
  keep(statement, { text, origin: "edited", reviewed: false, checks: [] });
  say("已修改，尚未核验。");
}

function toggleReviewed(statement) {
  const reviewed = !dataOf(statement).reviewed;
  keep(statement, { reviewed });
  say(reviewed ? "已标为已核对。" : "已取消核对标记。");
}

// ── files ──

function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function baseName() {
  return brief.report.name.replace(/\.[^.]*$/, "").replace(/[\\/:*?"<>|\s]+/g, "_") || "brief";
}

function saveJson() {
  download(`${baseName()}.json`, "application/json", `${JSON.stringify(brief, null, 2)}\n`);
  say("JSON 已下载；用 summarizer render 生成 DOCX，用 summarizer check 重新核验。");
}

function savePage() {
  dim();
  document.querySelectorAll(".editor").forEach((form) => form.remove());
  if (current) current.classList.remove("current");
  current = null;
  say("");
  // A "<" in the data must not end its element.
  document.getElementById("brief-data").textContent = JSON.stringify(brief).replace(/</g, "\\u003c");
  const page = `<!DOCTYPE html>\n${document.documentElement.outerHTML}\n`;
  download(`${baseName()}.html`, "text/html", page);
  say("本页已保存。");
}

// ── wiring ──

function toggle(button, name) {
  const on = document.body.classList.toggle(name);
  button.setAttribute("aria-pressed", String(on));
}

memo.addEventListener("click", (event) => {
  const statement = event.target.closest(".statement");
  if (!statement || event.target.closest(".editor")) return;
  const figure = event.target.closest(".figure");
  const source = event.target.closest(".sources a");
  if (event.target.closest(".edit")) edit(statement);
  else if (event.target.closest(".check")) toggleReviewed(statement);
  else if (figure) showFigure(figure);
  else if (source) showSources(statement, document.querySelector(source.getAttribute("href")));
  else if (String(getSelection()) === "") showSources(statement);
  if (figure || source) event.preventDefault();
});

report.addEventListener("click", (event) => {
  const sentence = event.target.closest(".sentence.cited");
  if (sentence && String(getSelection()) === "") showCiting(sentence);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea")) return;
  const sentence = event.target.closest(".sentence.cited");
  const onControl = event.target.closest("button, a");
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Enter" && sentence) current ? choose(current) : showCiting(sentence);
  else if (event.key === "Enter" && current && !onControl) showSources(current);
  else if (event.key === "e" && current) edit(current);
  else if (event.key === "c" && current) toggleReviewed(current);
  else if (event.key === "Escape") dim();
  else return;
  event.preventDefault();
});

const bound = {
  previous: () => step(-1),
  next: () => step(1),
  "only-doubtful": (event) => toggle(event.currentTarget, "only-doubtful"),
  "show-unused": (event) => toggle(event.currentTarget, "show-unused"),
  "save-json": saveJson,
  "save-page": savePage,
};
for (const [id, act] of Object.entries(bound)) {
  document.getElementById(id).addEventListener("click", act);
}
statements.forEach(showState);
