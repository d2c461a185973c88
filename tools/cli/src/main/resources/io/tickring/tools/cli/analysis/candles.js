"use strict";

// Draws the bars of the chosen instrument: candles above, volume below, nothing where an interval has no trade.
const PRICES_HEIGHT = 340;
const VOLUMES_HEIGHT = 130;
const CANDLE_PART = 0.7;

const utc = (ms) => new Date(ms).toISOString().replace("T", " ").replace(/(\.000)?Z$/, "");

/** Where a candle begins on the canvas and how wide it is: whole pixels, at least one. */
function edges(self, middleMs, lengthMs) {
  const from = Math.round(self.valToPos(middleMs - lengthMs * CANDLE_PART / 2, "x", true));
  const to = Math.round(self.valToPos(middleMs + lengthMs * CANDLE_PART / 2, "x", true));
  return [from, Math.max(1, to - from)];
}

function drawn(self, bars, drawOne) {
  const { ctx, bbox } = self;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const { min, max } = self.scales.x;
  bars.startMs.forEach((startMs, i) => {
    if (startMs + bars.lengthMs >= min && startMs <= max) {
      ctx.fillStyle = style(bars.close[i] < bars.open[i] ? "--down" : "--up");
      drawOne(ctx, i, edges(self, startMs + bars.lengthMs / 2, bars.lengthMs));
    }
  });
  ctx.restore();
}

function drawCandles(self, bars) {
  const y = (price) => Math.round(self.valToPos(price, "y", true));
  drawn(self, bars, (ctx, i, [x, width]) => {
    const wick = width % 2 === 0 ? 2 : 1;
    ctx.fillRect(x + (width - wick) / 2, y(bars.high[i]), wick, Math.max(1, y(bars.low[i]) - y(bars.high[i])));
    const top = y(Math.max(bars.open[i], bars.close[i]));
    ctx.fillRect(x, top, width, Math.max(1, y(Math.min(bars.open[i], bars.close[i])) - top));
  });
}

function drawVolumes(self, bars) {
  const y = (volume) => Math.round(self.valToPos(volume, "y", true));
  drawn(self, bars, (ctx, i, [x, width]) => ctx.fillRect(x, y(bars.volume[i]), width, Math.max(1, y(0) - y(bars.volume[i]))));
}

function barPlot(id, bars, options) {
  const host = byId(id);
  const unseen = { paths: () => null, points: { show: false }, width: 0 };
  plots[id] = new uPlot({
    width: host.clientWidth,
    height: options.height,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), "Etc/UTC"),
    padding: [10, 40, 0, 0],
    scales: { x: { time: true }, y: { range: options.range }, ...options.scales },
    axes: [axis({ size: 44, space: 80, values: (self, splits, at, space, stepMs) => times(splits, stepMs) }), axis({ label: options.label, labelSize: 24, size: 84, values: (self, splits) => splits.map(axisNumber) })],
    series: [
      { label: "start (UTC)", value: (self, ms) => (ms == null ? "–" : utc(ms - bars.lengthMs / 2)) },
      ...options.series.map((each) => ({ ...unseen, value: (self, value) => value ?? "–", ...each })),
    ],
    legend: { show: options.legend, markers: { show: false } },
    cursor: {
      drag: { x: true, y: false },
      points: { show: false },
      // The begin of the first bar and the end of the last are not bars.
      dataIdx: (self, series, i) => (i == null ? i : Math.max(1, Math.min(bars.startMs.length, i))),
      sync: { key: "bars", filters: { pub: (type) => type === "mousemove" || type === "mouseleave" } },
    },
    hooks: {
      draw: [(self) => options.draw(self, bars)],
      setScale: [(self, key) => { if (key === "x") zoomAlike(self); }],
    },
  }, [bars.xs, ...options.series.map((each) => bars.padded(each.label))], host);
}

/** Times of day (UTC) as fine as the step asks for; below the first of each day its date. */
function times(splits, stepMs) {
  const [from, to] = stepMs < 1000 ? [11, 23] : stepMs < 60000 ? [11, 19] : [11, 16];
  let day = "";
  return splits.map((ms) => {
    const iso = new Date(ms).toISOString();
    const isNew = iso.slice(0, 10) !== day;
    day = iso.slice(0, 10);
    return iso.slice(from, to) + (isNew ? "\n" + day : "");
  });
}

function axisNumber(value) {
  return value == null ? "" : value.toLocaleString("en-US", { maximumSignificantDigits: 9 });
}

function zoomAlike(self) {
  const { min, max } = self.scales.x;
  for (const other of Object.values(plots)) {
    if (other !== self && (other.scales.x.min !== min || other.scales.x.max !== max)) {
      other.setScale("x", { min, max });
    }
  }
}

function priceRange(self, min, max) {
  if (min == null) {
    return [0, 1];
  }
  const room = (max - min) * 0.06 || Math.abs(max) * 0.001 || 1;
  return [min - room, max + room];
}

/** Bars at the middle of their intervals, with nothing at the begin of the first and the end of the last. */
function laidOut(bars) {
  const lengthMs = bars.intervals * report.intervalMs;
  const last = bars.startMs.length - 1;
  return {
    ...bars,
    lengthMs,
    xs: [bars.startMs[0], ...bars.startMs.map((ms) => ms + lengthMs / 2), bars.startMs[last] + lengthMs],
    padded: (name) => [null, ...bars[name], null],
  };
}

function drawBars() {
  Object.keys(plots).forEach((id) => { plots[id].destroy(); delete plots[id]; });
  const bars = report.bars[state.instrument];
  byId("instrument").parentElement.hidden = symbols.length === 0;
  byId("bars-note").textContent = bars === undefined ? "There is none." : note(bars, report.figures[report.drawn[state.instrument]]);
  if (bars === undefined || bars.startMs.length === 0) {
    return;
  }
  const laid = laidOut(bars);
  barPlot("prices", laid, {
    height: PRICES_HEIGHT,
    label: "price",
    legend: true,
    range: priceRange,
    scales: { volume: {}, trades: {} },
    series: [{ label: "open" }, { label: "high" }, { label: "low" }, { label: "close" }, { label: "volume", scale: "volume" }, { label: "trades", scale: "trades" }],
    draw: drawCandles,
  });
  barPlot("volumes", laid, {
    height: VOLUMES_HEIGHT,
    label: "volume",
    legend: false,
    range: (self, min, max) => [0, max > 0 ? max * 1.05 : 1],
    series: [{ label: "volume" }],
    draw: drawVolumes,
  });
}

function note(bars, figures) {
  const count = bars.startMs.length;
  if (count === 0) {
    return figures.symbol + " has no bar: no trade of it lies in what was analyzed.";
  }
  const one = duration(report.intervalMs);
  const length = duration(bars.intervals * report.intervalMs);
  const all = Math.round((bars.startMs[count - 1] - bars.startMs[0]) / report.intervalMs / bars.intervals) + 1;
  const texts = [count === 1 ? `One candle of ${length}.` : `${number(count, 0)} candles of ${length}${all > count ? `; in ${number(all - count, 0)} between them is no trade` : ""}.`];
  if (figures.late > 0) {
    texts.push(`${number(figures.late, 0)} late trades are in none.`);
  }
  if (bars.intervals > 1) {
    texts.push(`Bars of ${one} would be too many: each candle is ${number(bars.intervals, 0)} of them. For single ones analyze less, by --from and --to, or see 'bars'.`);
  }
  texts.push("Drag over a plot to look closer, double-click to see all.");
  return texts.join(" ");
}
