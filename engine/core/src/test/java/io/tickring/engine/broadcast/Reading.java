package io.tickring.engine.broadcast;

import io.tickring.engine.tick.Tick;
import io.tickring.engine.tick.TickDescriptor;
import java.util.ArrayList;
import java.util.List;

/** What a reader was given, as values in the order in which it was: each record whole, and each hole. */
final class Reading {
    /** Sequences that were delivered, or missed; a delivered record is checked to be as {@link Batches} wrote it. */
    record Span(boolean missed, long first, long last) {}

    private final List<Span> spans = new ArrayList<>();
    private final Tick tick = new Tick();

    /** Takes up to {@code messages} messages. */
    void take(BroadcastReader reader, int messages) {
        for (int i = 0; i < messages && reader.poll(); i++) {
            if (reader.missed() > 0) {
                add(new Span(true, reader.firstMissed(), reader.lastMissed()));
            }
            for (int r = 0; r < reader.count(); r++) {
                tick.wrap(reader.records(), reader.offset() + r * TickDescriptor.LENGTH);
                Batches.check(tick, reader.firstSequence() + r);
            }
            add(new Span(false, reader.firstSequence(), reader.firstSequence() + reader.count() - 1));
        }
    }

    /** Neighbours of a kind are one. */
    private void add(Span next) {
        Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (last != null && last.missed() == next.missed() && last.last() + 1 == next.first()) {
            spans.set(spans.size() - 1, new Span(next.missed(), last.first(), next.last()));
        } else {
            spans.add(next);
        }
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Whether the spans follow one another from {@code first} to {@code last}: nothing twice, nothing left out. */
    boolean covers(long first, long last) {
        long next = first;
        for (Span span : spans) {
            if (span.first() != next || span.last() < span.first()) {
                return false;
            }
            next = span.last() + 1;
        }
        return next == last + 1;
    }

    long missed() {
        return spans.stream()
                .filter(Span::missed)
                .mapToLong(span -> span.last() - span.first() + 1)
                .sum();
    }
}
