"use strict";

// Draws the chosen lines of the report's runs with uPlot, the timeline above, the percentile curve below.
const PLOT_HEIGHT = 330;
const GRID_ENDS = [report.grid[0], report.grid[report.grid.length - 1]];
// A stage has a hue; a run has a dash and a shade.
const HUES = [214, 28, 152, 270, 188, 48, 96, 0];
const DASHES = [undefined, [9, 4], [2, 3], [12, 4, 2, 4]];

function color(line) {
  const hue = HUES[stageNames.indexOf(line.stage.name) % HUES.length] + 20 * line.runIndex;
  const lightness = parseInt(style("--lightness"), 10) + 13 * (line.runIndex % 3);
  return `hsl(${hue % 360}, 72%, ${lightness}%)`;
}

function percent(x) {
  return parseFloat((100 - 100 / x).toPrecision(8)) + " %";
}

/** Latencies to the left, in the chosen unit; what lies in the data is ns. */
function latencyAxis() {
  return axis({
    label: "latency (" + state.unit + ")",
    labelSize: 26,
    size: (plot, texts) => 18 + 7.5 * Math.max(3, ...(texts ?? []).map((text) => text.length)),
    values: (plot, splits) =>
      splits.map((ns) => (ns == null ? "" : (ns / UNITS[state.unit].ns).toLocaleString("en-US", { maximumSignificantDigits: 6 }))),
  });
}

function latencyScale() {
  return state.axis === "log"
    ? { distr: 3, range: (plot, min, max) => (max > 0 ? uPlot.rangeLog((min > 0 ? min : 1) * 0.8, max * 1.25, 10, false) : [1, 1e6]) }
    : { range: (plot, min, max) => [0, max > 0 ? max * 1.05 : 1] };
}

function seriesOf(line, paths) {
  return {
    label: label(line),
    show: !state.hidden.has(line.key),
    stroke: color(line),
    width: 1.75,
    dash: DASHES[line.runIndex % DASHES.length],
    points: { show: false },
    paths,
    value: (plot, ns) => (ns == null ? "–" : latency(ns) + " " + state.unit),
  };
}

function targetSeries() {
  return {
    label: "target",
    stroke: style("--target"),
    width: 1.5,
    points: { show: false },
    value: () => latency(state.targetNs) + " " + state.unit,
  };
}

/** One plot into the element of that id, at the zoom that the one before it had there. */
function plot(id, shown, data, options) {
  const host = byId(id);
  plots[id]?.destroy();
  if (state.targetNs !== null) {
    data = [...data, data[0].map(() => state.targetNs)];
    options.series.push(targetSeries());
  }
  const made = new uPlot({
    width: host.clientWidth,
    height: PLOT_HEIGHT,
    padding: [10, 36, 0, 0],
    scales: { x: options.xScale, y: latencyScale() },
    axes: [axis(options.xAxis), latencyAxis()],
    series: options.series,
    legend: {
      markers: {
        width: 2,
        fill: "transparent",
        dash: (self, i) => (self.series[i].dash ? (self.series[i].dash[0] < 4 ? "dotted" : "dashed") : "solid"),
      },
    },
    cursor: { drag: { x: true, y: false }, focus: { prox: 24 }, hover: { bias: options.bias } },
    focus: { alpha: 0.35 },
    hooks: {
      setScale: [(self, key) => { if (key === "x") keepZoom(id, self); }],
      setSeries: [(self, i, change) => { if (change.show != null) hideAlike(self, shown); }],
    },
  }, data, host);
  plots[id] = made;
  if (state.zoom[id]) {
    made.setScale("x", state.zoom[id]);
  }
}

function keepZoom(id, self) {
  const { min, max } = self.scales.x;
  const xs = self.data[0];
  state.zoom[id] = min > xs[0] || max < xs[xs.length - 1] ? { min, max } : null;
}

/** What the legend of one plot hides is hidden in the other. */
function hideAlike(self, shown) {
  shown.forEach((line, i) => {
    const show = self.series[i + 1].show;
    show ? state.hidden.delete(line.key) : state.hidden.add(line.key);
    for (const other of Object.values(plots)) {
      if (other !== self && other.series[i + 1].show !== show) {
        other.setSeries(i + 1, { show }, false);
      }
    }
  });
}

function drawTimeline(shown) {
  const tables = shown.map((line) => [line.stage.atS, line.stage.maxNs]);
  const data = tables.length === 0 ? [[0, 1]] : uPlot.join(tables, tables.map(() => [0, 2]));
  const steps = uPlot.paths.stepped({ align: 1 });
  plot("timeline", shown, data, {
    xScale: { time: false },
    xAxis: { label: "seconds since the start of the run", labelSize: 24, size: 32 },
    bias: -1,
    series: [
      { label: "at", value: (self, s) => (s == null ? "–" : number(s, 3) + " s") },
      ...shown.map((line) => seriesOf(line, steps)),
    ],
  });
  const merged = shown.filter((line) => line.stage.intervalsAStep > 1).map((line) =>
    `${label(line)}: ${number(line.stage.intervals, 0)} intervals, each step the maximum of ${line.stage.intervalsAStep}.`);
  byId("timeline-note").textContent = merged.join(" ");
}

function drawCurve(shown) {
  plot("curve", shown, [report.grid, ...shown.map((line) => line.stage.curveNs)], {
    xScale: { time: false, distr: 3, range: (self, min, max) => [Math.max(min, GRID_ENDS[0]), Math.min(max, GRID_ENDS[1])] },
    xAxis: {
      label: "percentile, on the axis of 1/(1−p)",
      labelSize: 24,
      size: 32,
      filter: (self, splits) => splits,
      values: (self, splits) => {
        const close = self.scales.x.max / self.scales.x.min < 20;
        const every = self.bbox.width / devicePixelRatio < 420 ? 2 : 1;
        return splits.map((x) => (close || Number.isInteger((Math.log10(x) - 1) / every) ? percent(x) : ""));
      },
    },
    series: [
      { label: "at", value: (self, x) => (x == null ? "–" : percent(x)) },
      ...shown.map((line) => seriesOf(line)),
    ],
  });
}

function drawPlots(shown) {
  drawTimeline(shown);
  drawCurve(shown);
}
