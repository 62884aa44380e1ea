"use strict";

// Every text of a file goes into the page as text (textContent), never as markup.

const ROWS_IN_A_BLOCK = 500; // as summary_page.py writes them
const MOST_PRINTED = 3000;
const UNREAD_AT_ONCE = 200;

const RANK = 0, UNIT = 1, TOTAL = 2, GRADE = 3, ERRORS = 4, WARNINGS = 5, SCORES = 6;
const REASON = 7, PATH = 8, SHEET = 9;
const NO_GRADE = "没有等级";

const byId = (id) => document.getElementById(id);
const [meta] = JSON.parse(byId("meta").textContent);
const findingBlocks = [...document.querySelectorAll("script.findings")];
const rows = []; // of the league that is shown
const view = { league: 0, shown: [], page: 1, sort: null, descending: false, open: new Set() };

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function shownNumber(value) {
  return value === null ? "" : String(value);
}

function percent(value) {
  return value === null ? "" : (value * 100).toFixed(2) + "%";
}

function rateClass(score, points) {
  if (score === null || !points) return "";
  const rate = score / points;
  if (rate <= 0) return "rate-0";
  return rate >= 1 ? "rate-4" : rate >= 0.8 ? "rate-3" : rate >= 0.6 ? "rate-2" : "rate-1";
}

// ------------------------------------------------------------------ the league table

function columns() {
  const league = meta.leagues[view.league];
  const scores = league.heads.map((head, place) => ({
    title: String(head[0]),
    help: head[3] + (head[4] === null ? "" : "（" + head[4] + "分）"),
    value: (row) => row[SCORES][place],
    kind: "score",
    points: head[4],
  }));
  return [
    { title: "单位", value: (row) => row[UNIT] || row[PATH], kind: "unit" },
    { title: "排名", value: (row) => row[RANK], kind: "number" },
    { title: "总分", value: (row) => row[TOTAL], kind: "number" },
    { title: "等级", value: (row) => row[GRADE], kind: "grade" },
    { title: "错误", value: (row) => row[ERRORS], kind: "errors" },
    { title: "提醒", value: (row) => row[WARNINGS], kind: "number" },
    ...scores,
    { title: "没有排名的原因", value: (row) => row[REASON], kind: "words" },
  ];
}

function chooseLeague(place) {
  view.league = place;
  view.sort = null;
  view.page = 1;
  view.open.clear();
  rows.length = 0;
  for (const block of document.querySelectorAll("script.rows")) {
    if (Number(block.dataset.league) !== place) continue;
    const first = Number(block.dataset.block) * ROWS_IN_A_BLOCK;
    JSON.parse(block.textContent).forEach((row, at) => {
      row.number = first + at;
      row.key = (row[UNIT] + "\n" + row[PATH]).normalize("NFKC").toLowerCase();
      rows.push(row);
    });
  }
  showGrades();
  showHead();
  refresh();
  showStatistics();
}

function showGrades() {
  const box = byId("grades");
  const present = new Set(rows.map((row) => row[GRADE] || NO_GRADE));
  const order = ["优", "良", "中", "差"];
  const names = [...order.filter((name) => present.has(name)),
    ...[...present].filter((name) => !order.includes(name)).sort()];
  box.replaceChildren(element("legend", "", "等级"));
  for (const name of names) {
    const label = element("label");
    const input = element("input");
    input.type = "checkbox";
    input.checked = true;
    input.value = name;
    label.append(input, " " + name);
    box.append(label);
  }
}

function showHead() {
  const line = element("tr");
  columns().forEach((column, place) => {
    const isWide = column.kind === "unit" || column.kind === "words";
    const cell = element("th", (isWide ? "words" : "") + (place === 0 ? " fixed" : ""));
    cell.scope = "col";
    const button = element("button", "", column.title);
    button.type = "button";
    if (column.help) {
      button.title = column.help;
      button.setAttribute("aria-label", column.title + " " + column.help);
    }
    button.addEventListener("click", () => sortBy(place));
    cell.append(button);
    line.append(cell);
  });
  document.querySelector("#league-table thead").replaceChildren(line);
}

function sortBy(place) {
  const kind = columns()[place].kind;
  if (view.sort === place) view.descending = !view.descending;
  else view.descending = kind === "score" || kind === "errors" || place === 2;
  view.sort = place;
  view.page = 1;
  refresh();
}

const collator = new Intl.Collator("zh-CN", { numeric: true });

function compared(left, right) {
  const isBlank = (value) => value === null || value === "";
  if (isBlank(left) || isBlank(right)) return isBlank(left) - isBlank(right); // blanks stay last
  const order = typeof left === "number" ? left - right : collator.compare(left, right);
  return view.descending ? -order : order;
}

function refresh() {
  const wanted = byId("search").value.normalize("NFKC").toLowerCase().trim();
  const boxes = [...document.querySelectorAll("#grades input")];
  const grades = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const errorsOnly = byId("errors-only").checked;
  view.shown = rows.filter((row) =>
    grades.has(row[GRADE] || NO_GRADE) && (!errorsOnly || row[ERRORS] > 0) && row.key.includes(wanted));
  if (view.sort !== null) {
    const value = columns()[view.sort].value;
    view.shown.sort((left, right) => compared(value(left), value(right)) || left.number - right.number);
  }
  document.querySelectorAll("#league-table th").forEach((cell, place) => {
    if (place === view.sort) cell.setAttribute("aria-sort", view.descending ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
  showPage();
}

function showPage() {
  const size = Number(byId("page-size").value);
  const pages = Math.max(1, Math.ceil(view.shown.length / size));
  view.page = Math.min(Math.max(1, view.page), pages);
  showRows(view.shown.slice((view.page - 1) * size, view.page * size));
  byId("shown").textContent = "显示 " + view.shown.length + " 张表，共 " + rows.length + " 张";
  byId("page").value = view.page;
  byId("page").max = pages;
  byId("pages").textContent = "共 " + pages + " 页";
  byId("previous").disabled = view.page === 1;
  byId("next").disabled = view.page === pages;
  byId("pager").hidden = pages === 1;
}

function showRows(some) {
  const body = document.createDocumentFragment();
  const all = columns();
  for (const row of some) {
    body.append(tableRow(row, all));
    if (view.open.has(row.number)) body.append(detailRow(row, all.length));
  }
  document.querySelector("#league-table tbody").replaceChildren(body);
}

function tableRow(row, all) {
  const line = element("tr");
  for (const column of all) {
    const value = column.value(row);
    if (column.kind === "unit") {
      line.append(unitCell(row, value, all.length));
    } else if (column.kind === "words") {
      line.append(element("td", "words why", value));
    } else {
      const cell = element("td", "", column.kind === "grade" ? value : shownNumber(value));
      if (column.kind === "score") cell.className = rateClass(value, column.points);
      if (column.kind === "errors" && value > 0) cell.className = "errors";
      if (column.kind === "grade") cell.className = "grade";
      line.append(cell);
    }
  }
  return line;
}

function unitCell(row, name, width) {
  const cell = element("td", "words fixed");
  const button = element("button", "unit", name);
  button.type = "button";
  button.setAttribute("aria-expanded", String(view.open.has(row.number)));
  button.addEventListener("click", () => {
    const line = button.closest("tr");
    if (view.open.delete(row.number)) {
      line.nextElementSibling.remove();
    } else {
      view.open.add(row.number);
      line.after(detailRow(row, width));
    }
    button.setAttribute("aria-expanded", String(view.open.has(row.number)));
  });
  cell.append(button);
  return cell;
}

// ------------------------------------------------------------------ one unit

function openedOf(row) {
  const block = findingBlocks[Math.floor(row.number / ROWS_IN_A_BLOCK)];
  return JSON.parse(block.textContent)[row.number % ROWS_IN_A_BLOCK];
}

function detailRow(row, width) {
  const line = element("tr", "detail");
  const cell = element("td");
  cell.colSpan = width;
  const panel = element("div", "panel");
  panel.append(element("p", "path", "文件：" + row[PATH] + "　工作表：" + row[SHEET]));
  const [findings, leftOut, heads] = openedOf(row);
  panel.append(scoresOf(row, heads), listOfFindings(findings, leftOut));
  cell.append(panel);
  line.append(cell);
  return line;
}

function scoresOf(row, ownHeads) {
  const box = element("div");
  box.append(element("h3", "", "各项得分"));
  const heads = ownHeads.length ? ownHeads : meta.leagues[view.league].heads;
  const table = element("table");
  table.append(headLine(["序号", "指标", "分值", "得分"]));
  heads.forEach((head, place) => {
    const score = row[SCORES][place];
    const line = element("tr");
    line.append(element("td", "", head[0]), element("td", "words", head[3]),
      element("td", "", shownNumber(head[4])),
      element("td", rateClass(score, head[4]), score === null ? "—" : shownNumber(score)));
    table.append(line);
  });
  box.append(table);
  return box;
}

function listOfFindings(findings, leftOut) {
  const box = element("div");
  box.append(element("h3", "", "问题" + (findings.length + leftOut) + "条"));
  const list = element("ul", "findings");
  for (const [code, isError, sheet, cell, message] of findings) {
    const item = element("li");
    item.append(element("span", isError ? "tag error" : "tag", (isError ? "错误 " : "提醒 ") + code));
    const where = [sheet, cell].filter(Boolean).join("!");
    if (where && !message.startsWith(where)) item.append(element("span", "where", where + "　"));
    item.append(message);
    list.append(item);
  }
  if (leftOut) list.append(element("li", "where", "还有" + leftOut + "条，见 Excel 汇总的“问题”"));
  if (!findings.length) list.append(element("li", "where", "没有发现问题"));
  box.append(list);
  return box;
}

function headLine(words) {
  const line = element("tr");
  for (const word of words) {
    const cell = element("th", "", word);
    cell.scope = "col";
    line.append(cell);
  }
  return line;
}

// ------------------------------------------------------------------ all of them

function showBars(box, pairs) {
  const most = Math.max(1, ...pairs.map((pair) => pair[1]));
  box.replaceChildren();
  for (const [name, count] of pairs) {
    const track = element("div", "track");
    const bar = element("div", "bar");
    bar.style.width = (85 * count / most) + "%";
    track.append(bar, element("span", "", count));
    box.append(element("div", "label", name), track);
  }
  if (!pairs.length) box.append(element("p", "", "没有"));
}

function showStatistics() {
  const league = meta.leagues[view.league];
  showBars(byId("distribution"), league.distribution);
  showBars(byId("finding-bars"), league.frequent);
  const box = byId("indicator-statistics");
  box.replaceChildren();
  if (!league.statistics.length) return;
  const words = ["层级", "指标", "分值", "有得分的表数", "平均分*", "中位数", "最低", "最高", "得分率",
    ...meta.rates.map((rate) => "得分率" + rate)];
  const table = element("table");
  const head = element("thead");
  const body = element("tbody");
  head.append(headLine(words));
  for (const row of league.statistics) body.append(statisticsRow(row));
  table.append(head, body);
  const scroll = element("div", "scroll");
  scroll.tabIndex = 0;
  scroll.append(table);
  box.append(element("h3", "", "各指标、各板块"), scroll,
    element("p", "hint", "* 平均分四舍五入到0.01。后五栏是得分率在该范围内的表所占的比例。"));
}

function statisticsRow(row) {
  const line = element("tr");
  row.forEach((value, place) => {
    const isShare = place >= 8;
    const text = isShare ? percent(value) : typeof value === "number" ? shownNumber(value) : value;
    const cell = element("td", place === 1 ? "words" : "", text);
    if (place === 8 && value !== null) cell.className = rateClass(value, 1);
    if (place > 8 && value !== null) {
      cell.style.backgroundColor = "rgba(91, 143, 199, " + 0.85 * value + ")";
    }
    line.append(cell);
  });
  return line;
}

function showUnread(most) {
  const all = JSON.parse(byId("unread-rows").textContent);
  const box = byId("unread-list");
  byId("unread").hidden = !all.length;
  const table = element("table");
  table.append(headLine(["文件", "原因"]));
  for (const [path, reason] of all.slice(0, most)) {
    const line = element("tr");
    line.append(element("td", "words", path), element("td", "words", reason));
    table.append(line);
  }
  box.replaceChildren(table);
  if (all.length > most) {
    const more = element("button", "", "再显示一些（共" + all.length + "个）");
    more.type = "button";
    more.addEventListener("click", () => showUnread(most + UNREAD_AT_ONCE));
    box.append(more);
  }
}

function showCounts() {
  for (const [label, count] of meta.counts) {
    const item = element("li");
    item.append(label, element("strong", "", count));
    byId("counts").append(item);
  }
}

function listen() {
  const again = () => { view.page = 1; refresh(); };
  byId("search").addEventListener("input", again);
  byId("grades").addEventListener("change", again);
  byId("errors-only").addEventListener("change", again);
  byId("page-size").addEventListener("change", again);
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  const turn = (page) => { view.page = page; showPage(); };
  byId("previous").addEventListener("click", () => turn(view.page - 1));
  byId("next").addEventListener("click", () => turn(view.page + 1));
  byId("page").addEventListener("change", () => turn(Number(byId("page").value) || 1));
  byId("league").addEventListener("change", () => chooseLeague(Number(byId("league").value)));
  window.addEventListener("beforeprint", () => showRows(view.shown.slice(0, MOST_PRINTED)));
  window.addEventListener("afterprint", showPage);
}

meta.leagues.forEach((league, place) => {
  const option = element("option", "", league.title + "（" + league.count + "张）");
  option.value = place;
  byId("league").append(option);
});
byId("league-choice").hidden = meta.leagues.length < 2;
showCounts();
showUnread(UNREAD_AT_ONCE);
listen();
if (meta.leagues.length) chooseLeague(0);
else byId("ranking").hidden = byId("statistics").hidden = byId("frequent").hidden = true;
