"use strict";

// Last in the page of analyze: uses it as a person would and looks at what is drawn after each step.

/** How many pixels of a canvas have the colour of that name in the page's style, or of a cell of that value. */
function probeInk(canvas, [red, green, blue]) {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let ink = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] > 200 && Math.abs(pixels[i] - red) < 6 && Math.abs(pixels[i + 1] - green) < 6 && Math.abs(pixels[i + 2] - blue) < 6) {
      ink++;
    }
  }
  return ink;
}

/** Up, down, and columns between the first and the last one with either that have none. */
function probeCandles(id) {
  const canvas = document.querySelector("#" + id + " canvas");
  if (canvas === null) {
    return null;
  }
  const context = canvas.getContext("2d");
  const [up, down] = [rgb("--up"), rgb("--down")];
  const { left, width, top, height } = plots[id].bbox;
  const inked = [];
  for (let x = left; x < left + width; x++) {
    const pixels = context.getImageData(x, top, 1, height).data;
    inked.push(false);
    for (let i = 0; i < pixels.length; i += 4) {
      if ([up, down].some((color) => color.every((value, k) => Math.abs(value - pixels[i + k]) < 6) && pixels[i + 3] > 200)) {
        inked[inked.length - 1] = true;
      }
    }
  }
  const runs = inked.filter((is, i) => is && !inked[i - 1]).length;
  return { up: probeInk(canvas, up), down: probeInk(canvas, down), runs, legend: probeAll("#" + id + " .u-series").map((each) => each.textContent) };
}

function probePair(row, column, type) {
  const box = document.getElementById("heat-map").getBoundingClientRect();
  document.getElementById("heat-map").dispatchEvent(new PointerEvent(type, {
    bubbles: true,
    clientX: box.left + map.left + (column + 0.5) * map.cell,
    clientY: box.top + map.top + (row + 0.5) * map.cell,
  }));
  return document.getElementById("tip").hidden ? null : document.getElementById("tip").textContent;
}

function probeView() {
  return {
    table: probeAll("#figures tr").map((row) => [...row.children].map((cell) => cell.textContent)),
    prices: probeCandles("prices"),
    volumes: probeCandles("volumes"),
    x: plots.prices ? [plots.prices.scales.x.min, plots.prices.scales.x.max, plots.volumes.scales.x.min, plots.volumes.scales.x.max] : null,
    note: document.getElementById("bars-note").textContent,
    instrument: document.getElementById("instrument").value,
    canvases: document.querySelectorAll(".plot canvas").length,
  };
}

function probeMap() {
  const canvas = document.querySelector("#heat-map canvas");
  return {
    shown: !document.getElementById("correlation").hidden,
    cell: map.cell,
    plus: probeInk(canvas, rgb("--plus")),
    minus: probeInk(canvas, rgb("--minus")),
    absent: probeInk(canvas, rgb("--absent")),
    zero: probeInk(canvas, rgb("--zero")),
    note: document.getElementById("correlation-note").textContent,
  };
}

async function probeSteps() {
  const seen = {};
  const step = async (name, act) => {
    await act();
    await probeSettle();
    seen[name] = probeView();
  };
  const titles = () => probeAll("#figures th button");
  await step("start", () => {});
  seen.map = probeMap();
  seen.headline = document.getElementById("headline").textContent;
  seen.conditions = document.getElementById("conditions").textContent;
  seen.width = [document.documentElement.scrollWidth, innerWidth];
  if (titles().length > 0) {
    await step("mostQuotes", () => titles()[1].click());
    await step("fewestQuotes", () => titles()[1].click());
    await step("bySymbol", () => titles()[0].click());
    await step("byVolatility", () => titles()[5].click());
    await step("zoomed", () => (plots.prices ? probeZoom("prices") : null));
    await step("zoomedOut", () => (plots.prices ? probeZoomOut("prices") : null));
    await step("pointed", () => (plots.prices ? probeMouse(document.querySelector("#prices .u-over"), "mousemove", 0.01) : null));
  }
  if (seen.map.shown) {
    seen.pairs = [probePair(0, 0, "pointermove"), probePair(0, 1, "pointermove"), probePair(2, 0, "pointermove"), probePair(-3, 0, "pointermove")];
    await step("secondByMap", () => probePair(1, 0, "click"));
    await step("thirdBySelect", () => probeSet("instrument", "2", "change"));
    await step("firstByTable", () => probeAll("#figures td button").find((button) => button.textContent === symbols[0]).click());
  }
  return seen;
}
