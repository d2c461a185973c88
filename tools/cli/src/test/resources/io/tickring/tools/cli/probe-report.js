"use strict";

// Last in the page of report: uses it as a person would and looks at what is drawn after each step.

/** How many pixels of a plot are not background, and how many have the colour of each name in its legend. */
function probePanel(id) {
  const canvas = document.querySelector("#" + id + " canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const entries = probeAll(".u-series", document.getElementById(id)).filter((entry) => entry.querySelector(".u-marker").style.borderColor);
  const lines = entries.map((entry) => ({
    name: entry.querySelector(".u-label").textContent,
    off: entry.classList.contains("u-off"),
    dash: entry.querySelector(".u-marker").style.borderStyle.split(" ")[0],
    rgb: getComputedStyle(entry.querySelector(".u-marker")).borderTopColor.match(/\d+/g).slice(0, 3).map(Number),
    ink: 0,
  }));
  let ink = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (pixels[i + 3] === 0) {
      continue;
    }
    ink++;
    for (const line of lines) {
      if (pixels[i + 3] > 200 && line.rgb.every((value, k) => Math.abs(value - pixels[i + k]) < 12)) {
        line.ink++;
      }
    }
  }
  return { ink, names: lines.map((line) => line.name), lines: Object.fromEntries(lines.map((line) => [line.name, line])) };
}

function probeView() {
  return {
    timeline: probePanel("timeline"),
    curve: probePanel("curve"),
    table: probeAll("#percentiles tr").map((row) => [...row.children].map((cell) => cell.textContent)),
    over: probeAll("#percentiles td.over").map((cell) => cell.textContent),
    notes: document.getElementById("timeline-note").textContent + document.getElementById("percentiles-note").textContent,
    canvases: document.querySelectorAll("canvas").length,
  };
}

async function probeSteps() {
  const seen = {};
  const step = async (name, act) => {
    await act();
    await probeSettle();
    seen[name] = probeView();
  };
  const boxes = (id) => probeAll("#" + id + " input");
  await step("start", () => {});
  if (boxes("stages").length > 1) {
    await step("lastStageOff", () => boxes("stages").at(-1).click());
    await step("lastStageOn", () => boxes("stages").at(-1).click());
  }
  if (boxes("runs").length > 1) {
    await step("lastRunOff", () => boxes("runs").at(-1).click());
    await step("lastRunOn", () => boxes("runs").at(-1).click());
  }
  await step("ms", () => probeSet("unit", "ms", "change"));
  await step("target", () => probeSet("target", "0.6", "input"));
  seen.targetUnit = document.getElementById("target-unit").textContent;
  await step("ns", () => probeSet("unit", "ns", "change"));
  seen.targetInNs = document.getElementById("target").value;
  await step("noTarget", () => probeSet("target", "", "input"));
  await step("linear", () => probeSet("axis", "linear", "change"));
  await step("zoomed", () => probeZoom("timeline"));
  await step("zoomedOut", () => probeZoomOut("timeline"));
  if (seen.start.curve.names.length > 0) {
    await step("hidden", () => probeAll("#curve .u-series th")[1].click());
  }
  await step("noStage", () => boxes("stages").forEach((box) => box.click()));
  seen.stages = boxes("stages").map((box) => box.value);
  seen.runsHidden = document.getElementById("runs").hidden;
  seen.headline = document.getElementById("headline").textContent;
  seen.conditions = document.getElementById("conditions").textContent;
  seen.width = [document.documentElement.scrollWidth, innerWidth];
  return seen;
}
