package io.tickring.app;

import io.tickring.engine.TimeToLive;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --ttl [GLOB=]TIME[/TIME]}, or {@code [GLOB=]off}.
 *
 * @param glob of the symbols that it is for, {@code *} where none was given
 * @param stale null for off
 * @param expired null where none was given
 */
record TimeToLiveRule(String glob, Duration stale, Duration expired) {
    private static final String OFF = "off";

    /** For the command line's parser. */
    static final class Converter implements ITypeConverter<TimeToLiveRule> {
        @Override
        public TimeToLiveRule convert(String text) {
            return parse(text);
        }
    }

    /** @throws TypeConversionException with a message that names what is wrong and what may stand there. */
    static TimeToLiveRule parse(String text) {
        int equals = text.lastIndexOf('=');
        String glob = equals < 0 ? "*" : text.substring(0, equals);
        String times = text.substring(equals + 1);
        if (glob.isEmpty()) {
            throw new TypeConversionException("'" + text + "': a pattern of symbols is missing, as in 'BTC*=500ms'");
        }
        if (times.equals(OFF)) {
            return new TimeToLiveRule(glob, null, null);
        }
        int slash = times.indexOf('/');
        Duration stale = duration(text, slash < 0 ? times : times.substring(0, slash));
        Duration expired = slash < 0 ? null : duration(text, times.substring(slash + 1));
        if (stale.isZero() || expired != null && expired.compareTo(stale) <= 0) {
            throw new TypeConversionException(
                    "'" + text + "': the time to STALE must be above 0, that to EXPIRED above" + " that, as in 5s/60s");
        }
        return new TimeToLiveRule(glob, stale, expired);
    }

    /** The rules with this one behind them. */
    TimeToLive addTo(TimeToLive rules) {
        if (stale == null) {
            return rules.forever(glob);
        }
        return expired == null ? rules.with(glob, stale) : rules.with(glob, stale, expired);
    }

    private static Duration duration(String text, String time) {
        try {
            return DurationConverter.parse(time);
        } catch (TypeConversionException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time to live: " + e.getMessage() + "; as 5s, 5s/60s, 'BTC*=500ms' or off");
        }
    }
}
