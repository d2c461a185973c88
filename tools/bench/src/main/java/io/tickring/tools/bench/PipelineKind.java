package io.tickring.tools.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A way for ticks to go, and how it is opened.
 *
 * @param journal the folder of its journal in its own, null without one
 * @param diskBytesPerTick no less than what its journal takes
 */
record PipelineKind(String name, String journal, int diskBytesPerTick, Pipeline.Opener opener) {
    private static final int COMPACT_BYTES = 32;
    private static final int EXCERPT_BYTES = 72;
    private static final int FRAME_BYTES = 100;
    private static final int CLAIM = 64;

    static final PipelineKind TICKRING =
            new PipelineKind("Tickring", "journal", COMPACT_BYTES, TickringPipeline.opener(false, true));
    static final PipelineKind TICKRING_BATCHES = new PipelineKind(
            "Tickring, 64 ticks a claim", "journal", COMPACT_BYTES, TickringPipeline.opener(true, true));
    static final PipelineKind WITHOUT_JOURNAL =
            table("Tickring without journal, 64 a claim", TickringPipeline.opener(true, false));
    static final PipelineKind WITHOUT_JOURNAL_ONE_BY_ONE =
            table("Tickring without journal", TickringPipeline.opener(false, false));
    static final PipelineKind CHRONICLE =
            new PipelineKind("Chronicle Queue", PeerQueue.FOLDER, EXCERPT_BYTES, ChroniclePipeline::open);
    static final PipelineKind ONE_APPENDER =
            queue("Chronicle Queue, one appender thread", SharedAppenderPipeline::open);
    static final PipelineKind OWN_APPENDERS =
            queue("Chronicle Queue, an appender a producer", OwnAppendersPipeline::open);
    static final PipelineKind BLOCKING_ACTOR =
            table("actor, ArrayBlockingQueue", (folder, workload) -> ActorPipeline.blocking(workload));
    static final PipelineKind ARCHIVE = new PipelineKind(
            "Aeron IPC to Archive and table", EmbeddedArchive.FOLDER, FRAME_BYTES, ArchivePipeline::open);

    boolean journals() {
        return journal != null;
    }

    /** Tickring first, which the others are set against. */
    static List<PipelineKind> all(int producers) {
        List<PipelineKind> kinds = new ArrayList<>();
        kinds.add(TICKRING);
        kinds.add(TICKRING_BATCHES);
        kinds.add(WITHOUT_JOURNAL);
        if (producers == 1) {
            kinds.add(CHRONICLE);
        } else {
            kinds.add(ONE_APPENDER);
            kinds.add(OWN_APPENDERS);
        }
        kinds.add(table("Disruptor to table", DisruptorPipeline.opener(1, false)));
        kinds.add(table("Disruptor to table, 64 a claim", DisruptorPipeline.opener(CLAIM, false)));
        kinds.add(queue("Disruptor to Chronicle Queue and table", DisruptorPipeline.opener(1, true)));
        kinds.add(table("Aeron IPC to table", AeronPipeline::open));
        kinds.add(ARCHIVE);
        kinds.add(BLOCKING_ACTOR);
        kinds.add(table("actor, JCTools MPSC queue", (folder, workload) -> ActorPipeline.lockFree(workload)));
        return kinds;
    }

    private static PipelineKind table(String name, Pipeline.Opener opener) {
        return new PipelineKind(name, null, 0, opener);
    }

    private static PipelineKind queue(String name, Pipeline.Opener opener) {
        return new PipelineKind(name, PeerQueue.FOLDER, EXCERPT_BYTES, opener);
    }
}
