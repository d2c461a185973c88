"use strict";

// What every page is made with: its data, elements, numbers, and plots that follow the window and the colours.
const plots = {};

const byId = (id) => document.getElementById(id);
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const pageData = () => JSON.parse(byId("data").textContent);

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text ?? "";
  if (className) {
    made.className = className;
  }
  return made;
}

function number(value, decimals) {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Names to the left, texts to the right; null reads as unknown. */
function definitions(facts, unknown) {
  const list = document.createElement("dl");
  for (const [name, text] of Object.entries(facts)) {
    list.append(element("dt", name), element("dd", text ?? unknown, text == null ? "unknown" : ""));
  }
  return list;
}

/** An axis of a plot, in the page's colours. */
function axis(options) {
  const font = "12px " + getComputedStyle(document.body).fontFamily;
  return {
    stroke: style("--muted"),
    font,
    labelFont: font,
    grid: { stroke: style("--grid"), width: 1 },
    ticks: { stroke: style("--line"), width: 1, size: 5 },
    ...options,
  };
}

/** Plots, by the id of their element, are as wide as that is. */
function followWidth(...ids) {
  const sizes = new ResizeObserver(() => {
    for (const [id, made] of Object.entries(plots)) {
      if (byId(id).clientWidth !== made.width) {
        made.setSize({ width: byId(id).clientWidth, height: made.height });
      }
    }
  });
  ids.forEach((id) => sizes.observe(byId(id)));
}
