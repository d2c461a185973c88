/** Figures over each instrument's ticks: bars, averages, volatility, correlation; the same live, replayed and in parallel. */
package io.tickring.engine.analytics;
