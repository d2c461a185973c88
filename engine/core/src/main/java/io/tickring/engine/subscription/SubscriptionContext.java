package io.tickring.engine.subscription;

import io.tickring.engine.journaling.JournalRange;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a subscriber asks for, each setting with its default; checked once, when it subscribes. Not to be changed after that. */
public final class SubscriptionContext {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private String name;
    private SubscriptionMode mode = SubscriptionMode.EVERY;
    private Predicate<String> symbols;
    private boolean quotes = true;
    private boolean trades = true;
    private boolean fromNow = true;
    private JournalRange.Position from;
    private WhenBehind whenBehind = WhenBehind.DISCONNECT;

    /**
     * Under which its figures are shown; of a lossless one outside the engine's process also under which the folder keeps how far it
     * came. 1 to 64 letters, digits, dots, dashes and underscores; null, the default, for none of its own.
     */
    public SubscriptionContext name(String name) {
        this.name = name;
        return this;
    }

    public String name() {
        return name;
    }

    /** Default EVERY. */
    public SubscriptionContext mode(SubscriptionMode mode) {
        this.mode = mode;
        return this;
    }

    public SubscriptionMode mode() {
        return mode;
    }

    /** Asked once for each instrument there is or will be, on the subscriber's thread; null, the default, for all. */
    public SubscriptionContext symbols(Predicate<String> symbols) {
        this.symbols = symbols;
        return this;
    }

    public Predicate<String> symbols() {
        return symbols;
    }

    /** Whether quotes are given. Default true; LATEST, whose rows hold both, takes nothing else. */
    public SubscriptionContext quotes(boolean on) {
        this.quotes = on;
        return this;
    }

    public boolean quotes() {
        return quotes;
    }

    /** Whether trades are given. Default true; LATEST, whose rows hold both, takes nothing else. */
    public SubscriptionContext trades(boolean on) {
        this.trades = on;
        return this;
    }

    public boolean trades() {
        return trades;
    }

    /** Begins with what is now: the default. LOSSLESS gives a snapshot of the table first, and then all that comes behind it. */
    public SubscriptionContext fromNow() {
        this.fromNow = true;
        this.from = null;
        return this;
    }

    /** LOSSLESS begins with the first record that the journal has. */
    public SubscriptionContext fromStart() {
        this.fromNow = false;
        this.from = null;
        return this;
    }

    /**
     * LOSSLESS begins at a place in the journal, also one that is still to come.
     *
     * @throws IllegalArgumentException if it is null
     */
    public SubscriptionContext from(JournalRange.Position position) {
        if (position == null) {
            throw new IllegalArgumentException("from=null: give a sequence or a time, or ask for fromStart or fromNow");
        }
        this.fromNow = false;
        this.from = position;
        return this;
    }

    /** Whether it begins with what is now. */
    public boolean isFromNow() {
        return fromNow;
    }

    /** Where in the journal it begins; null for its start, or for now. */
    public JournalRange.Position from() {
        return from;
    }

    /** What becomes of a LOSSLESS one from now, in the engine's process, that falls behind. Default DISCONNECT. */
    public SubscriptionContext whenBehind(WhenBehind policy) {
        this.whenBehind = policy;
        return this;
    }

    public WhenBehind whenBehind() {
        return whenBehind;
    }

    /** @throws IllegalArgumentException naming the setting, its value and what it may be */
    static void check(SubscriptionContext context, TickListener listener) {
        if (context == null || listener == null) {
            throw new IllegalArgumentException((context == null ? "context" : "listener") + "=null: it must be given");
        }
        context.conclude();
    }

    private void conclude() {
        if (name != null && (!NAME.matcher(name).matches() || name.startsWith("."))) {
            throw new IllegalArgumentException(
                    "name=" + name + ": 1 to 64 letters, digits, dots, dashes and underscores, and no dot in front");
        }
        if (mode == null || whenBehind == null) {
            throw new IllegalArgumentException("mode=" + mode + " whenBehind=" + whenBehind + ": neither may be null");
        }
        if (mode == SubscriptionMode.LATEST && !(quotes && trades)) {
            throw new IllegalArgumentException("mode=LATEST quotes=" + quotes + " trades=" + trades
                    + ": its rows hold both; ask for EVERY or LOSSLESS to leave one out");
        }
        if (from != null && !from.isTime() && from.value() < 0) {
            throw new IllegalArgumentException("from=" + from.value() + ": a sequence is at least 1");
        }
        if (mode != SubscriptionMode.LOSSLESS && !fromNow) {
            throw new IllegalArgumentException("mode=" + mode + " from=" + (from == null ? "start" : from.value())
                    + ": it begins now; ask for LOSSLESS to begin in the past");
        }
    }
}
