"use strict";

// The page's data: runs, each with its stages; times in s since a run's start, latencies in ns.
const report = pageData();
const NOT_RECORDED = "not recorded";
const UNITS = {
  ns: { ns: 1, decimals: 0 },
  "µs": { ns: 1e3, decimals: 1 },
  ms: { ns: 1e6, decimals: 3 },
};
const PERCENTILES = [
  { title: "50 %", name: "p50", samples: 2 },
  { title: "90 %", name: "p90", samples: 10 },
  { title: "99 %", name: "p99", samples: 100 },
  { title: "99.9 %", name: "p999", samples: 1000 },
  { title: "99.99 %", name: "p9999", samples: 10000 },
  { title: "max", name: "max", samples: 1 },
];
const stageNames = [...new Set(report.runs.flatMap((run) => run.stages.map((stage) => stage.name)))];
const lines = report.runs.flatMap((run, runIndex) =>
  run.stages.map((stage) => ({ run, runIndex, stage, key: runIndex + " " + stage.name })));

const state = {
  unit: "µs",
  axis: "log",
  targetNs: null,
  stages: new Set(stageNames),
  runs: new Set(report.runs.keys()),
  hidden: new Set(),
  zoom: {},
};

const chosen = () => lines.filter((line) => state.runs.has(line.runIndex) && state.stages.has(line.stage.name));
const several = report.runs.length > 1;

function latency(ns) {
  const unit = UNITS[state.unit];
  return number(ns / unit.ns, unit.decimals);
}

function label(line) {
  return several ? line.stage.name + " · " + line.run.name : line.stage.name;
}

/* ---- texts ---- */

function drawTable(shown) {
  const head = document.createElement("tr");
  head.append(element("th", "stage", "name"));
  if (several) {
    head.append(element("th", "run", "name"));
  }
  head.append(element("th", "count"), ...PERCENTILES.map((p) => element("th", p.title)));
  const rows = shown.map((line) => {
    const row = document.createElement("tr");
    row.append(element("td", line.stage.name, "name"));
    if (several) {
      row.append(element("td", line.run.name, "name"));
    }
    row.append(element("td", number(line.stage.count, 0)));
    for (const p of PERCENTILES) {
      const cell = element("td", latency(line.stage[p.name]));
      cell.classList.toggle("over", state.targetNs !== null && line.stage[p.name] > state.targetNs);
      cell.classList.toggle("few", line.stage.count < p.samples);
      row.append(cell);
    }
    return row;
  });
  byId("percentiles").replaceChildren(head, ...rows);
  const notes = ["In " + state.unit + "."];
  if (shown.some((line) => PERCENTILES.some((p) => line.stage.count < p.samples))) {
    notes.push("In italics where there are too few latencies for that percentile.");
  }
  if (state.targetNs !== null) {
    notes.push("▲ above the target of " + latency(state.targetNs) + " " + state.unit + ".");
  }
  byId("percentiles-note").textContent = notes.join(" ");
}

function headlines() {
  const known = report.runs.every((run) => run.stated.Tickring !== null);
  const each = report.runs.map((run) =>
    run.name + ": from " + (run.start ?? "a time that is " + NOT_RECORDED) + ", " + number(run.seconds, 1) + " s on "
      + (run.stated.Machine ?? "a machine that is " + NOT_RECORDED));
  const measured = known
    ? "Each latency is the time from a tick's claim in the ring to the end of the batch in which the stage handled it."
      + " At full pace a tick waits behind all those before it: then it is queueing under saturation, not the time of the work."
    : "What was measured is not recorded in every log; values are taken as nanoseconds.";
  return [...each, measured];
}

function conditions(run) {
  const facts = {
    "Start (UTC)": run.start,
    Duration: number(run.seconds, 3) + " s",
    Intervals: counts(run, "intervals"),
    Latencies: counts(run, "count"),
    Machine: run.stated.Machine,
    JVM: run.stated.JVM,
    Run: run.stated.Run,
    Folder: run.stated.Folder,
    Log: run.file,
  };
  const block = document.createElement("div");
  block.append(element("h3", run.name), definitions(facts, NOT_RECORDED));
  return block;
}

function counts(run, what) {
  const each = run.stages.map((stage) => stage.name + " " + number(stage[what], 0)).join(", ");
  return number(run[what], 0) + (run.stages.length > 1 ? " (" + each + ")" : "");
}

/* ---- controls ---- */

function checkbox(host, text, swatch, set, value) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  box.value = value;
  box.addEventListener("change", () => {
    box.checked ? set.add(value) : set.delete(value);
    draw();
  });
  const made = document.createElement("label");
  made.append(box, text);
  if (swatch) {
    made.style.setProperty("--swatch", swatch);
  }
  host.append(made);
}

function showTarget() {
  byId("target").value = state.targetNs === null ? "" : state.targetNs / UNITS[state.unit].ns;
  byId("target-unit").textContent = state.unit;
}

function prepare() {
  byId("headline").append(...headlines().map((line) => element("p", line)));
  stageNames.forEach((name) => checkbox(byId("stages"), name, color(lines.find((line) => line.stage.name === name)), state.stages, name));
  report.runs.forEach((run, i) => checkbox(byId("runs"), run.name, null, state.runs, i));
  byId("runs").hidden = !several;
  byId("unit").append(...Object.keys(UNITS).map((unit) => new Option(unit, unit, unit === state.unit, unit === state.unit)));
  byId("unit").addEventListener("change", (event) => { state.unit = event.target.value; showTarget(); draw(); });
  byId("axis").addEventListener("change", (event) => { state.axis = event.target.value; draw(); });
  byId("target").addEventListener("input", (event) => {
    const value = parseFloat(event.target.value);
    state.targetNs = value > 0 ? value * UNITS[state.unit].ns : null;
    draw();
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("conditions").append(...report.runs.map(conditions));
  showTarget();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  followWidth("timeline", "curve");
}

function draw() {
  const shown = chosen();
  drawPlots(shown);
  drawTable(shown);
}

document.addEventListener("DOMContentLoaded", () => {
  prepare();
  draw();
});
