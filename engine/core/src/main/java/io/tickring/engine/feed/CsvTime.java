package io.tickring.engine.feed;

import io.tickring.engine.tick.Decimals;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads times as nanoseconds since the epoch, exactly, or as a code of {@link Decimals}. ISO-8601 is {@code 2024-08-08T23:55:00},
 * with a blank for the T where wanted, up to nine decimals of a second, and {@code Z}, an offset as {@code +02:00}, or nothing for
 * UTC. One thread; allocates only where the date changes.
 */
final class CsvTime {
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int NANO_SCALE = 9;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long S_PER_DAY = 86_400;
    private static final int MAX_OFFSET_HOURS = 18;

    private static final int SECONDS_DIGITS = 10;
    private static final int MILLIS_DIGITS = 13;
    private static final int MICROS_DIGITS = 16;

    private final CsvTimeUnit unit;
    private int knownDate;
    private long knownEpochDay = Decimals.NOT_A_NUMBER;

    CsvTime(CsvTimeUnit unit) {
        this.unit = unit;
    }

    long parse(char[] text, int offset, int length) {
        if (unit == CsvTimeUnit.AUTO) {
            return isDigits(text, offset, length) ? presumedNs(text, offset, length) : iso(text, offset, length);
        }
        return unit == CsvTimeUnit.ISO ? iso(text, offset, length) : Decimals.parse(text, offset, length, unit.scale());
    }

    /** Where no unit was told: a number of as many digits as today has in seconds, ms or µs is no time in ns. */
    private long presumedNs(char[] text, int offset, int length) {
        boolean isOfAnotherUnit = length == SECONDS_DIGITS || length == MILLIS_DIGITS || length == MICROS_DIGITS;
        return isOfAnotherUnit ? Decimals.OUT_OF_RANGE : Decimals.parse(text, offset, length, unit.scale());
    }

    private static boolean isDigits(char[] text, int offset, int length) {
        int start = length > 0 && text[offset] == '-' ? offset + 1 : offset;
        for (int i = start; i < offset + length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return start < offset + length;
    }

    private long iso(char[] text, int offset, int length) {
        int end = offset + length;
        int clock = offset + DATE_LENGTH + 1;
        int rest = clock + TIME_LENGTH;
        if (rest > end || !isSplit(text, offset, clock)) {
            return Decimals.NOT_A_NUMBER;
        }
        long day = epochDay(text, offset);
        int hour = digits(text, clock, 2);
        int minute = digits(text, clock + 3, 2);
        int second = digits(text, clock + 6, 2);
        int zone = fractionEnd(text, rest, end);
        long fraction = fraction(text, rest, zone);
        long zoneSeconds = zoneSeconds(text, zone, end);
        boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!isTime || Decimals.isError(day) || Decimals.isError(zoneSeconds)) {
            return Decimals.NOT_A_NUMBER;
        }
        if (Decimals.isError(fraction)) {
            return fraction;
        }
        long seconds = day * S_PER_DAY + hour * 3600L + minute * 60L + second - zoneSeconds;
        return inNanoseconds(seconds, fraction);
    }

    private static long inNanoseconds(long seconds, long fraction) {
        if (Math.abs(seconds) >= Decimals.MAX_VALUE / NS_PER_S) {
            return Decimals.OUT_OF_RANGE;
        }
        return seconds * NS_PER_S + fraction;
    }

    private static boolean isSplit(char[] text, int date, int clock) {
        char between = text[clock - 1];
        return text[date + 4] == '-'
                && text[date + 7] == '-'
                && (between == 'T' || between == 't' || between == ' ')
                && text[clock + 2] == ':'
                && text[clock + 5] == ':';
    }

    private long epochDay(char[] text, int offset) {
        int year = digits(text, offset, 4);
        int month = digits(text, offset + 5, 2);
        int day = digits(text, offset + 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return Decimals.NOT_A_NUMBER;
        }
        int date = (year * 100 + month) * 100 + day;
        if (date != knownDate) {
            knownDate = date;
            boolean exists = YearMonth.of(year, month).isValidDay(day);
            knownEpochDay = exists ? LocalDate.of(year, month, day).toEpochDay() : Decimals.NOT_A_NUMBER;
        }
        return knownEpochDay;
    }

    private static int fractionEnd(char[] text, int start, int end) {
        int position = start;
        if (position < end && text[position] == '.') {
            position++;
            while (position < end && text[position] >= '0' && text[position] <= '9') {
                position++;
            }
        }
        return position;
    }

    /** From the point on, in nanoseconds. */
    private static long fraction(char[] text, int start, int end) {
        if (start == end) {
            return 0;
        }
        long value = 0;
        int decimals = 0;
        for (int i = start + 1; i < end; i++, decimals++) {
            if (decimals < NANO_SCALE) {
                value = value * 10 + text[i] - '0';
            } else if (text[i] != '0') {
                return Decimals.TOO_PRECISE;
            }
        }
        for (int i = decimals; i < NANO_SCALE; i++) {
            value *= 10;
        }
        return decimals == 0 ? Decimals.NOT_A_NUMBER : value;
    }

    /** Of nothing, {@code Z}, {@code +HH}, {@code +HHMM} or {@code +HH:MM}. */
    private static long zoneSeconds(char[] text, int start, int end) {
        int length = end - start;
        if (length == 0 || length == 1 && (text[start] == 'Z' || text[start] == 'z')) {
            return 0;
        }
        boolean isSigned = text[start] == '+' || text[start] == '-';
        boolean hasColon = length == 6 && text[start + 3] == ':';
        if (!isSigned || length != 3 && length != 5 && !hasColon) {
            return Decimals.NOT_A_NUMBER;
        }
        int hours = digits(text, start + 1, 2);
        int minutes = length == 3 ? 0 : digits(text, end - 2, 2);
        if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes > 59) {
            return Decimals.NOT_A_NUMBER;
        }
        long seconds = hours * 3600L + minutes * 60L;
        return text[start] == '-' ? -seconds : seconds;
    }

    /** Exactly {@code count} digits, or -1. */
    private static int digits(char[] text, int offset, int count) {
        int value = 0;
        for (int i = offset; i < offset + count; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
