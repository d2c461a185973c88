"use strict";

// Draws the correlation matrix: a cell for each pair, blue below 0, red above, grey where nothing is known.
const CELL_LEAST = 9;
const CELL_MOST = 56;
const CELL_WITH_VALUE = 38;
const map = { cell: 0, left: 0, top: 0 };

function correlation(row, column) {
  return row >= column ? report.correlation[row][column] : report.correlation[column][row];
}

function rgb(name) {
  const hex = style(name);
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/** From the middle's colour at 0 straight to that of the end. */
function cellColor(value) {
  if (value === null) {
    return rgb("--absent");
  }
  const middle = rgb("--zero");
  const end = rgb(value < 0 ? "--minus" : "--plus");
  return middle.map((from, i) => Math.round(from + (end[i] - from) * Math.abs(value)));
}

function inkOn([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#10141b" : "#ffffff";
}

function labelFont() {
  return `${Math.max(9, Math.min(12, map.cell - 1))}px ${getComputedStyle(document.body).fontFamily}`;
}

/** How large cells are, and where they begin: names of at most a third of the width stand left of them and above. */
function measure(context, width) {
  const count = symbols.length;
  map.cell = CELL_LEAST;
  context.font = labelFont();
  const longest = Math.ceil(Math.max(...symbols.map((symbol) => context.measureText(symbol).width)));
  map.left = Math.min(Math.ceil(longest * 1.35), 260) + 10;
  map.cell = Math.max(CELL_LEAST, Math.min(CELL_MOST, Math.floor((width - map.left) / count)));
  context.font = labelFont();
  map.left = Math.ceil(Math.max(...symbols.map((symbol) => context.measureText(symbol).width))) + 10;
  map.top = map.left;
}

function drawLabels(context) {
  context.fillStyle = style("--ink");
  context.textBaseline = "middle";
  symbols.forEach((symbol, i) => {
    const middle = (i + 0.5) * map.cell;
    context.textAlign = "right";
    context.fillText(symbol, map.left - 6, map.top + middle);
    context.save();
    context.translate(map.left + middle, map.top - 6);
    context.rotate(-Math.PI / 2);
    context.textAlign = "left";
    context.fillText(symbol, 0, 0);
    context.restore();
  });
}

function drawCells(context) {
  const gap = map.cell > 12 ? 1 : 0;
  context.textAlign = "center";
  for (let row = 0; row < symbols.length; row++) {
    for (let column = 0; column < symbols.length; column++) {
      const value = correlation(row, column);
      const color = cellColor(value);
      const [x, y] = [map.left + column * map.cell, map.top + row * map.cell];
      context.fillStyle = `rgb(${color})`;
      context.fillRect(x, y, map.cell - gap, map.cell - gap);
      if (map.cell >= CELL_WITH_VALUE) {
        context.fillStyle = inkOn(color);
        context.fillText(value === null ? "–" : value.toFixed(2), x + map.cell / 2, y + map.cell / 2);
      }
    }
  }
}

function drawHeatMap() {
  byId("correlation").hidden = symbols.length < 2;
  if (symbols.length < 2) {
    return;
  }
  const host = byId("heat-map");
  const canvas = host.querySelector("canvas");
  const context = canvas.getContext("2d");
  measure(context, host.parentElement.clientWidth);
  const [width, height] = [map.left, map.top].map((start) => start + symbols.length * map.cell);
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  context.scale(devicePixelRatio, devicePixelRatio);
  context.font = labelFont();
  drawLabels(context);
  drawCells(context);
}

/* ---- what is under the pointer ---- */

function pairAt(event) {
  const box = byId("heat-map").getBoundingClientRect();
  const column = Math.floor((event.clientX - box.left - map.left) / map.cell);
  const row = Math.floor((event.clientY - box.top - map.top) / map.cell);
  const inside = (at) => at >= 0 && at < symbols.length;
  return inside(row) && inside(column) ? { row, column } : null;
}

function showPair(event) {
  const pair = pairAt(event);
  byId("tip").hidden = byId("cell").hidden = pair === null;
  if (pair === null) {
    return;
  }
  const value = correlation(pair.row, pair.column);
  const [x, y] = [map.left + pair.column * map.cell, map.top + pair.row * map.cell];
  Object.assign(byId("cell").style, { left: x + "px", top: y + "px", width: map.cell + "px", height: map.cell + "px" });
  const tip = byId("tip");
  tip.textContent = `${symbols[pair.row]} · ${symbols[pair.column]}: ${value === null ? "not known" : value.toFixed(4)}`;
  const room = byId("heat-map").parentElement.scrollLeft + byId("heat-map").parentElement.clientWidth;
  tip.style.left = Math.max(0, Math.min(x, room - tip.offsetWidth)) + "px";
  tip.style.top = (pair.row > 1 ? y - tip.offsetHeight - 4 : y + map.cell + 4) + "px";
}

function prepareHeatMap() {
  const host = byId("heat-map");
  host.addEventListener("pointermove", showPair);
  host.addEventListener("pointerdown", showPair);
  host.addEventListener("pointerleave", () => { byId("tip").hidden = byId("cell").hidden = true; });
  host.addEventListener("click", (event) => {
    const pair = pairAt(event);
    if (pair !== null) {
      chooseInstrument(pair.row);
    }
  });
  const left = report.figures.length - symbols.length;
  byId("correlation-note").textContent = "Point at a cell for its pair, click it for the bars of its row."
    + (left > 0 ? ` Map and bars show the ${symbols.length} instruments with the most ticks; --csv and --json have all ${number(report.figures.length, 0)}.` : "");
  let width = 0;
  new ResizeObserver(() => {
    const now = host.parentElement.clientWidth;
    if (now !== width) {
      width = now;
      drawHeatMap();
    }
  }).observe(host.parentElement);
}
