"use strict";

// First of all in the page: whatever goes wrong in it is kept.
const probeErrors = [];
window.onerror = (message) => { probeErrors.push(String(message)); };
window.addEventListener("unhandledrejection", (event) => probeErrors.push(String(event.reason)));
const probeConsoleError = console.error;
console.error = (...words) => { probeErrors.push(words.join(" ")); probeConsoleError(...words); };
