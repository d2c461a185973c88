"use strict";

// The page's data: the figures of all instruments; of those that are drawn, by position, the lower half of the
// correlation matrix and the bars.
const report = pageData();
const symbols = report.drawn.map((position) => report.figures[position].symbol);
const MEANINGS = {
  "time weighted spread": "Σ spread·Δt / ΣΔt over the quotes with two sides, by receive time.",
  ewma: "Exponentially weighted moving average of the mid.",
  "realized volatility": "√Σ of the squared log returns of the mid on the grid; not annualized.",
  returns: "Steps of the grid with a return.",
  imbalance: "(bid size − ask size) / (bid size + ask size) of the last quote.",
  "buy volume, sell volume": "Volume of the trades whose aggressor bought, or sold; nobody knows the side of some trades.",
  late: "Trades that came when their bar was final: counted, in no bar.",
  correlation: "Pearson's, of the log returns of two instruments over the steps known to both.",
  bars: "Of trades alone, by exchange time (receive time where there is none), from each multiple of the interval (UTC) to the next.",
};
const state = { sortedBy: null, descending: false, instrument: 0 };

/** A figure as people read it. */
function figure(value) {
  if (value === null) {
    return "–";
  }
  if (typeof value === "string") {
    const [whole, decimals] = value.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals ? "." + decimals : "");
  }
  return Number.isInteger(value) ? number(value, 0) : value.toPrecision(6);
}

/** 250 ms, 1 s, 5 min. */
function duration(ms) {
  const units = [["d", 864e5], ["h", 36e5], ["min", 6e4], ["s", 1e3], ["ms", 1]];
  const [name, length] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ["ms", 1];
  return ms / length + " " + name;
}

/* ---- the table ---- */

function sortedFigures() {
  const rows = [...report.figures.entries()];
  const by = state.sortedBy;
  if (by === null) {
    return rows;
  }
  const sign = state.descending ? -1 : 1;
  const compare = by === "symbol" ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : (a, b) => Number(a) - Number(b);
  return rows.sort(([, a], [, b]) => {
    // What is not known stands below, either way.
    if (a[by] === null || b[by] === null) {
      return (a[by] === null) - (b[by] === null);
    }
    return sign * compare(a[by], b[by]);
  });
}

function titleCell(name) {
  const button = element("button", name.replaceAll("_", " "));
  button.type = "button";
  button.addEventListener("click", () => {
    state.descending = state.sortedBy === name ? !state.descending : name !== "symbol";
    state.sortedBy = name;
    drawTable();
  });
  const cell = element("th", "", name === "symbol" ? "name" : "");
  cell.scope = "col";
  if (state.sortedBy === name) {
    cell.ariaSort = state.descending ? "descending" : "ascending";
  }
  cell.append(button);
  return cell;
}

function symbolCell(symbol, position) {
  const cell = element("td", "", "name");
  const drawn = report.drawn.indexOf(position);
  if (drawn < 0) {
    cell.textContent = symbol;
    return cell;
  }
  const button = element("button", symbol);
  button.type = "button";
  button.addEventListener("click", () => chooseInstrument(drawn));
  cell.append(button);
  return cell;
}

function drawTable() {
  if (report.figures.length === 0) {
    byId("figures-note").textContent = "No tick lies in what was analyzed.";
    return;
  }
  const names = Object.keys(report.figures[0]);
  const head = document.createElement("tr");
  head.append(...names.map(titleCell));
  const rows = sortedFigures().map(([position, figures]) => {
    const row = document.createElement("tr");
    row.append(symbolCell(figures.symbol, position), ...names.slice(1).map((name) => {
      const cell = element("td", figure(figures[name]));
      cell.title = name.replaceAll("_", " ") + ": " + (figures[name] ?? "not known");
      return cell;
    }));
    return row;
  });
  byId("figures").replaceChildren(head, ...rows);
  byId("figures-note").textContent = "Click a title to sort by it, a symbol to see its bars.";
}

/* ---- controls ---- */

function chooseInstrument(drawn) {
  state.instrument = drawn;
  byId("instrument").value = drawn;
  drawBars();
  byId("instrument").scrollIntoView({ block: "nearest" });
}

function prepare() {
  byId("headline").append(element("p", `${report.conditions.Ticks}; ${report.conditions.Range}; bars of ${duration(report.intervalMs)}, returns of ${duration(report.gridMs)}`));
  byId("conditions").append(definitions(report.conditions, "not known"));
  byId("meanings").append(definitions(MEANINGS, ""));
  byId("instrument").append(...symbols.map((symbol, i) => new Option(symbol, i)));
  byId("instrument").addEventListener("change", (event) => chooseInstrument(Number(event.target.value)));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  prepareHeatMap();
  followWidth("prices", "volumes");
}

function draw() {
  drawTable();
  drawHeatMap();
  drawBars();
}

document.addEventListener("DOMContentLoaded", () => {
  prepare();
  draw();
});
