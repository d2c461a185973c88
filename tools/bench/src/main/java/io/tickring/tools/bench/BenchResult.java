package io.tickring.tools.bench;

import java.util.List;

/** What a bench has found: a result for each of its peers, in its order. */
record BenchResult(Bench bench, List<PeerResult> peers) {}
