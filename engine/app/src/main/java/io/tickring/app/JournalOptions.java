package io.tickring.app;

import io.tickring.engine.CrashLoop;
import io.tickring.engine.DegradedPolicy;
import io.tickring.engine.Visibility;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.RollInterval;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What is journaled, when, and what becomes of an engine that cannot. */
final class JournalOptions {
    @Option(
            names = "--roll",
            paramLabel = "INTERVAL",
            converter = Choice.Roll.class,
            completionCandidates = Choice.Roll.class,
            description =
                    "New journal files hourly, daily, minutely or secondly. Default: as the journal has it, hourly"
                            + " in a new one.")
    RollInterval roll;

    @Option(
            names = "--durability",
            paramLabel = "WHEN",
            converter = DurabilityConverter.class,
            completionCandidates = DurabilityConverter.class,
            defaultValue = "process",
            description = "What a power cut may take: process (the newest second), interval:TIME (that time, as"
                    + " interval:10ms), block (nothing that is journaled; slow). Default: ${DEFAULT-VALUE}.")
    Durability durability;

    @Option(
            names = "--linger",
            paramLabel = "TIME",
            converter = LingerConverter.class,
            defaultValue = "0",
            description = "How long the journal waits to fill a block, as 1ms: a smaller journal at low rates, and"
                    + " records that are journaled later by that. Default: ${DEFAULT-VALUE}.")
    Duration linger;

    @Option(
            names = "--visible",
            paramLabel = "WHEN",
            converter = Choice.Visible.class,
            completionCandidates = Choice.Visible.class,
            defaultValue = "applied",
            description = "When readers see a tick: journaled (not before it survives the death of the process,"
                    + " but while the disk is nearly full)"
                    + " or applied (at once). Default: ${DEFAULT-VALUE}.")
    Visibility visible;

    @Option(
            names = "--snapshot",
            paramLabel = "COUNT|off",
            converter = SnapshotConverter.class,
            completionCandidates = SnapshotConverter.class,
            defaultValue = "10m",
            description = "Keeps the state in DIR/snapshots every so many ticks, and at a clean end: a start reads only"
                    + " what the journal has behind the newest. Default: ${DEFAULT-VALUE}.")
    long snapshot;

    @Option(names = "--rebuild", description = "Builds the state from the whole journal, without a snapshot.")
    boolean rebuild;

    @Option(
            names = "--watermark",
            paramLabel = "SIZE|off",
            converter = SizeConverter.class,
            completionCandidates = SizeConverter.class,
            defaultValue = "512MiB",
            description = "With less room on the disk nothing is journaled: the engine is degraded until there is an"
                    + " eighth more, and the journal says what it does not have. Default: ${DEFAULT-VALUE}.")
    long watermark;

    @Option(
            names = "--on-degraded",
            paramLabel = "POLICY",
            converter = Choice.Degraded.class,
            completionCandidates = Choice.Degraded.class,
            defaultValue = "serve",
            description = "When something is wrong that may go away, as a stuck handler: serve on and say so, or"
                    + " stop in order with exit code 1. Default: ${DEFAULT-VALUE}.")
    DegradedPolicy onDegraded;

    @Option(
            names = "--crash-loop",
            paramLabel = "N/TIME|off",
            converter = CrashLoopConverter.class,
            completionCandidates = CrashLoopConverter.class,
            defaultValue = "5/10m",
            description = "Refuse to start after N runs within TIME that failed by themselves with nothing"
                    + " journaled; kills and power cuts do not count. Default: ${DEFAULT-VALUE}.")
    CrashLoop crashLoop;

    @Option(names = "--no-journal", description = "Journal nothing; prices and status are written all the same.")
    boolean noJournal;
}
