package io.tickring.app.view;

import java.util.Locale;

/** Numbers for people: thousands separated, or short with k, M, G. The same in every locale. */
public final class Figures {
    private static final String[] UNITS = {"", "k", "M", "G", "T", "P", "E"};

    private Figures() {}

    /** As 1,234,567. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** As 1.23M: three figures and a unit of a thousand. */
    public static String shortly(double value) {
        int unit = 0;
        double scaled = value;
        while (scaled >= 999.5 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        String format = unit == 0 || scaled >= 99.95 ? "%.0f" : scaled >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, scaled) + UNITS[unit];
    }

    /** As 12.3 MB. */
    public static String bytes(long bytes) {
        String figure = shortly(bytes);
        int digits = figure.length() - (Character.isLetter(figure.charAt(figure.length() - 1)) ? 1 : 0);
        return figure.substring(0, digits) + " " + figure.substring(digits) + "B";
    }

    /** Nanoseconds as microseconds, as 1,234.5. */
    public static String micros(long ns) {
        return String.format(Locale.ROOT, "%,.1f", ns / 1e3);
    }

    /** As {@link #micros}, without the decimal where there are many figures before it. */
    public static String shortMicros(long ns) {
        return ns < 10_000_000 ? micros(ns) : count(ns / 1000);
    }

    /** As 120ms, 5.1s, 3m, 2h or 4d, at least 0. */
    public static String age(long ns) {
        long ms = Math.max(0, ns) / 1_000_000;
        if (ms < 1_000) {
            return ms + "ms";
        }
        long seconds = ms / 1_000;
        if (seconds < 60) {
            return seconds + "." + ms % 1_000 / 100 + "s";
        }
        return seconds < 3_600 ? seconds / 60 + "m" : seconds < 86_400 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    /** As 1.50 s. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%,.2f s", seconds);
    }
}
