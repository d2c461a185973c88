"use strict";

// Before what uses the page: the means for that, and the end, which leaves what probeSteps saw as JSON.

const probeSettle = () => new Promise((resolve) => setTimeout(resolve, 100));
const probeAll = (selector, root) => [...(root ?? document).querySelectorAll(selector)];

function probeSet(id, value, event) {
  document.getElementById(id).value = value;
  document.getElementById(id).dispatchEvent(new Event(event));
}

function probeMouse(over, type, x) {
  const box = over.getBoundingClientRect();
  // The library passes over a move that moved nothing.
  const at = { bubbles: true, button: 0, movementX: 1, clientX: box.left + x * box.width, clientY: box.top + box.height / 2 };
  (type === "mouseup" ? document : over).dispatchEvent(new MouseEvent(type, at));
}

async function probeZoom(id) {
  const over = document.querySelector("#" + id + " .u-over");
  probeMouse(over, "mousemove", 0.2);
  probeMouse(over, "mousedown", 0.2);
  probeMouse(over, "mousemove", 0.5);
  await probeSettle();
  probeMouse(over, "mouseup", 0.5);
  probeMouse(over, "mouseleave", 0.5);
}

function probeZoomOut(id) {
  const over = document.querySelector("#" + id + " .u-over");
  probeMouse(over, "dblclick", 0.5);
  probeMouse(over, "mouseleave", 0.5);
}

window.addEventListener("load", async () => {
  let seen = {};
  try {
    seen = await probeSteps();
  } catch (error) {
    probeErrors.push("probe: " + error.stack);
  }
  const result = document.createElement("pre");
  result.id = "probe";
  result.textContent = JSON.stringify({ errors: probeErrors, ...seen });
  document.body.append(result);
});
