package io.tickring.tools.bench;

import java.util.List;

/** All that one run of the bench has found, and under which conditions. */
record BenchSession(Conditions conditions, List<BenchResult> results) {}
