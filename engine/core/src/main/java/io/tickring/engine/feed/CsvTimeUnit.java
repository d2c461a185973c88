package io.tickring.engine.feed;

import java.util.Locale;

/** How the times of a CSV file are written. */
public enum CsvTimeUnit {
    /** Digits alone are nanoseconds, everything else is ISO-8601. */
    AUTO(0),
    NS(0),
    US(3),
    MS(6),
    S(9),
    ISO(0);

    private final int scale;

    CsvTimeUnit(int scale) {
        this.scale = scale;
    }

    /** Its word in a query, as {@code ns}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The decimals that one of this unit has in nanoseconds. */
    int scale() {
        return scale;
    }
}
