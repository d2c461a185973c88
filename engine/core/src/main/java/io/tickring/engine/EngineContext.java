package io.tickring.engine;

import io.tickring.engine.analytics.AnalyticsContext;
import io.tickring.engine.journaling.Durability;
import io.tickring.engine.journaling.FolderStorage;
import io.tickring.engine.journaling.JournalFeed;
import io.tickring.engine.journaling.JournalRecovery;
import io.tickring.engine.journaling.JournalStorage;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.TickHandler;
import io.tickring.engine.ring.WaitMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** An engine's settings, each with its default; {@link Engine#launch} checks them once. Not to be changed after that. */
public final class EngineContext {
    private Path dataDirectory;
    private Path liveDirectory;
    private JournalStorage storage;
    private boolean journaling = true;
    private RollInterval roll;
    private Durability durability = Durability.PROCESS;
    private Duration linger = Duration.ZERO;
    private int ringCapacity = 65_536;
    private ThreadingMode threading = ThreadingMode.AUTO;
    private WaitMode waitMode;
    private OverflowPolicy overflow = OverflowPolicy.WAIT;
    private DegradedPolicy onDegraded = DegradedPolicy.SERVE;
    private CrashLoop crashLoop = new CrashLoop(5, Duration.ofMinutes(10));
    private Visibility visible = Visibility.APPLIED;
    private ThrowPolicy onThrow = ThrowPolicy.HALT;
    private int instruments = 65_536;
    private int broadcastBytes;
    AnalyticsContext analytics;
    private int feeds = 1;
    private String description;
    private long ticks = Long.MAX_VALUE;
    private TimeToLive timeToLive = TimeToLive.FOREVER;
    private double pace = Double.POSITIVE_INFINITY;
    private long checkpointInterval = 1L << 20;
    private long snapshotInterval = 10_000_000;
    private Duration idleLimit = Duration.ofSeconds(10);
    private boolean rebuilding;
    private long watermarkBytes = 512L << 20;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private JournalFeed republished;
    private JournalRecovery.Progress recoveryProgress = (sequence, lastSequence) -> {};
    private Runnable onOutOfMemory = () -> {};
    private final Map<String, TickHandler> handlers = new LinkedHashMap<>();
    private final Map<String, TickHandler> handlersBehindPrices = new LinkedHashMap<>();

    /** Where journal and latency logs lie; null, the default, for an engine that writes nothing. */
    public EngineContext dataDirectory(Path folder) {
        this.dataDirectory = folder;
        return this;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    /** Where the mapped files {@code prices}, {@code status} and {@code broadcast} lie; null, the default, for the data folder. */
    public EngineContext liveDirectory(Path folder) {
        this.liveDirectory = folder;
        return this;
    }

    public Path liveDirectory() {
        return liveDirectory != null ? liveDirectory : dataDirectory;
    }

    /** Where journal and snapshots are kept, for an engine without a data folder; null, the default, for the folder. */
    EngineContext storage(JournalStorage storage) {
        this.storage = storage;
        return this;
    }

    JournalStorage storage() {
        return storage != null || dataDirectory == null ? storage : new FolderStorage(dataDirectory);
    }

    /** Whether ticks are journaled; needs a data folder. Default true. */
    public EngineContext journaling(boolean on) {
        this.journaling = on;
        return this;
    }

    public boolean journaling() {
        return journaling && storage() != null;
    }

    /** How often the journal begins a new file; null, the default, for what the journal has, or hourly in a new one. */
    public EngineContext roll(RollInterval interval) {
        this.roll = interval;
        return this;
    }

    public RollInterval roll() {
        return roll;
    }

    /** When what is journaled is forced to the disk. Default each second. */
    public EngineContext durability(Durability durability) {
        this.durability = durability;
        return this;
    }

    public Durability durability() {
        return durability;
    }

    /** How long, at most a second, the journal waits for a full block: a smaller journal that comes later by that. Default 0. */
    public EngineContext linger(Duration time) {
        this.linger = time;
        return this;
    }

    long lingerNs() {
        return linger.toNanos();
    }

    /** Slots in the ring, a power of two. Default 65,536. */
    public EngineContext ringCapacity(int slots) {
        this.ringCapacity = slots;
        return this;
    }

    public int ringCapacity() {
        return ringCapacity;
    }

    /** How the stages share threads. Default AUTO. */
    public EngineContext threading(ThreadingMode mode) {
        this.threading = mode;
        return this;
    }

    public ThreadingMode threading() {
        return threading;
    }

    /** How handlers and publishers wait; null, the default, to choose by the machine. */
    public EngineContext waitMode(WaitMode mode) {
        this.waitMode = mode;
        return this;
    }

    public WaitMode waitMode() {
        return waitMode;
    }

    /** What a full ring does to feeds and publishers. Default WAIT. */
    public EngineContext overflow(OverflowPolicy policy) {
        this.overflow = policy;
        return this;
    }

    public OverflowPolicy overflow() {
        return overflow;
    }

    /** What a degraded engine does. Default SERVE. */
    public EngineContext onDegraded(DegradedPolicy policy) {
        this.onDegraded = policy;
        return this;
    }

    public DegradedPolicy onDegraded() {
        return onDegraded;
    }

    /** How many halts by a fault of its own, with nothing journaled, forbid another start; null for none. Default 5 in 10 min. */
    public EngineContext crashLoop(CrashLoop limit) {
        this.crashLoop = limit;
        return this;
    }

    public CrashLoop crashLoop() {
        return crashLoop;
    }

    /** When readers of the table see a tick. Default APPLIED. */
    public EngineContext visible(Visibility when) {
        this.visible = when;
        return this;
    }

    public Visibility visible() {
        return visible;
    }

    /** What becomes of a tick at which a {@link #handler} throws; SKIP lets the engine's stages wait for those. Default HALT. */
    public EngineContext onThrow(ThrowPolicy policy) {
        this.onThrow = policy;
        return this;
    }

    public ThrowPolicy onThrow() {
        return onThrow;
    }

    /** Room for instruments in the table. Default 65,536. */
    public EngineContext instruments(int capacity) {
        this.instruments = capacity;
        return this;
    }

    public int instruments() {
        return instruments;
    }

    /** How many bytes of records the file {@code broadcast} holds, a power of two of at least 1 MiB. Default 0: there is none. */
    public EngineContext broadcastBytes(int capacity) {
        this.broadcastBytes = capacity;
        return this;
    }

    public int broadcastBytes() {
        return broadcastBytes;
    }

    /** What figures are kept of each instrument, in the file {@code bars}. Default null: none. */
    public EngineContext analytics(AnalyticsContext figures) {
        this.analytics = figures;
        return this;
    }

    /** How many producer threads to leave cores for, 1 if not told, and what feeds them, for the head of the latency log, or null. */
    public EngineContext feeds(int count, String description) {
        this.feeds = count;
        this.description = description;
        return this;
    }

    public int feeds() {
        return feeds;
    }

    public String description() {
        return description;
    }

    /** The run takes exactly this many ticks over all feeds, then ends. Default no limit. */
    public EngineContext ticks(long limit) {
        this.ticks = limit;
        return this;
    }

    public long ticks() {
        return ticks;
    }

    /** When a price without a tick is stale, and when it has expired; a republished journal says so itself. Default never. */
    public EngineContext timeToLive(TimeToLive time) {
        this.timeToLive = time;
        return this;
    }

    public TimeToLive timeToLive() {
        return timeToLive;
    }

    /** How fast recordings run: times the recorded speed, or infinity, the default, for as fast as possible. */
    public EngineContext pace(double speed) {
        this.pace = speed;
        return this;
    }

    public double pace() {
        return pace;
    }

    /** A checkpoint is taken at each sequence that is a multiple of this. Default 2²⁰. */
    public EngineContext checkpointInterval(long sequences) {
        this.checkpointInterval = sequences;
        return this;
    }

    public long checkpointInterval() {
        return checkpointInterval;
    }

    /** A snapshot at the checkpoint behind so many sequences, and at a clean end, to start from. 10 million by default, 0 for none. */
    public EngineContext snapshotInterval(long sequences) {
        this.snapshotInterval = sequences;
        return this;
    }

    public long snapshotInterval() {
        return snapshotInterval;
    }

    /** With fewer free bytes nothing is journaled and the engine degraded, until there is an eighth more. 0: no care. 512 MiB. */
    public EngineContext watermarkBytes(long bytes) {
        this.watermarkBytes = bytes;
        return this;
    }

    public long watermarkBytes() {
        return watermarkBytes;
    }

    /** A subscription in this process that goes so long without a poll is let go, a reader of the folder is named. Default 10 s. */
    public EngineContext idleLimit(Duration time) {
        this.idleLimit = time;
        return this;
    }

    public Duration idleLimit() {
        return idleLimit;
    }

    /** Starts without a look at snapshots: the state is rebuilt from the whole journal. */
    public EngineContext rebuilding(boolean on) {
        this.rebuilding = on;
        return this;
    }

    public boolean rebuilding() {
        return rebuilding;
    }

    /** Wall time in ms, for heartbeat, file names and the journal's cycles; {@link #nanoClock} is for what waits. */
    public EngineContext epochClock(EpochClock clock) {
        this.epochClock = clock;
        return this;
    }

    public EpochClock epochClock() {
        return epochClock;
    }

    EngineContext nanoClock(NanoClock clock) {
        this.nanoClock = clock;
        return this;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    /** The only feed will be this journal, record by record under its own sequences; the engine must begin empty. */
    public EngineContext republish(JournalFeed source) {
        this.republished = source;
        return this;
    }

    public JournalFeed republished() {
        return republished;
    }

    /** Told while the table is rebuilt, on the launching thread; a throw ends the start, a CancellationException as asked. */
    public EngineContext recoveryProgress(JournalRecovery.Progress progress) {
        this.recoveryProgress = progress;
        return this;
    }

    public JournalRecovery.Progress recoveryProgress() {
        return recoveryProgress;
    }

    /** Run without memory, when the status says so; may end the process, should allocate nothing. Default: the engine halts. */
    public EngineContext onOutOfMemory(Runnable last) {
        this.onOutOfMemory = last;
        return this;
    }

    public Runnable onOutOfMemory() {
        return onOutOfMemory;
    }

    /** A stage of your own beside the engine's, or, as {@link #onThrow} says, before them; its thread has the name too. */
    public EngineContext handler(String name, TickHandler handler) {
        handlers.put(name, handler);
        return this;
    }

    public Map<String, TickHandler> handlers() {
        return handlers;
    }

    /** As {@link #handler}, but called when the table shows the batch, before anything else in SHARED mode; a throw halts the engine. */
    public EngineContext handlerBehindPrices(String name, TickHandler handler) {
        handlersBehindPrices.put(name, handler);
        return this;
    }

    Map<String, TickHandler> handlersBehindPrices() {
        return handlersBehindPrices;
    }
}
