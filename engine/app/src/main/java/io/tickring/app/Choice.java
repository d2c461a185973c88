package io.tickring.app;

import io.tickring.engine.DegradedPolicy;
import io.tickring.engine.ThreadingMode;
import io.tickring.engine.Visibility;
import io.tickring.engine.journaling.RollInterval;
import io.tickring.engine.ring.OverflowPolicy;
import io.tickring.engine.ring.WaitMode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A flag that takes one of a few words: the names of an enum in lower case with dashes, as {@code busy-spin}. */
public abstract class Choice<T> implements ITypeConverter<T>, Iterable<String> {
    private final Map<String, T> values = new LinkedHashMap<>();

    @Override
    public final T convert(String text) {
        if (!values.containsKey(text)) {
            throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", values.keySet()));
        }
        return values.get(text);
    }

    @Override
    public final Iterator<String> iterator() {
        return List.copyOf(values.keySet()).iterator();
    }

    protected final void add(String word, T value) {
        values.put(word, value);
    }

    protected static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How the stages share threads. */
    static final class Threads extends Choice<ThreadingMode> {
        Threads() {
            List.of(ThreadingMode.values()).forEach(mode -> add(word(mode), mode));
        }
    }

    /** How handlers wait; null for the engine's own choice. */
    static final class Wait extends Choice<WaitMode> {
        Wait() {
            add("auto", null);
            List.of(WaitMode.values()).forEach(mode -> add(word(mode), mode));
        }
    }

    /** What a full ring does. */
    static final class Overflow extends Choice<OverflowPolicy> {
        Overflow() {
            List.of(OverflowPolicy.values()).forEach(policy -> add(word(policy), policy));
        }
    }

    /** When readers see a tick. */
    static final class Visible extends Choice<Visibility> {
        Visible() {
            List.of(Visibility.values()).forEach(when -> add(word(when), when));
        }
    }

    /** What a degraded engine does. */
    static final class Degraded extends Choice<DegradedPolicy> {
        Degraded() {
            List.of(DegradedPolicy.values()).forEach(policy -> add(word(policy), policy));
        }
    }

    /** How often the journal begins a new file. */
    static final class Roll extends Choice<RollInterval> {
        Roll() {
            List.of(RollInterval.values()).forEach(interval -> add(word(interval), interval));
        }
    }
}
