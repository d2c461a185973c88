package io.tickring.tools.cli;

import io.tickring.engine.journaling.JournalRange.Position;
import io.tickring.engine.subscription.SubscriptionContext;
import picocli.CommandLine.ITypeConverter;

/** Where a watch begins: now, at the journal's start, or at a place in it, which is null for the other two. */
record WatchFrom(boolean isNow, Position place) {
    static final WatchFrom NOW = new WatchFrom(true, null);

    private static final WatchFrom START = new WatchFrom(false, null);

    SubscriptionContext begin(SubscriptionContext context) {
        if (isNow) {
            return context.fromNow();
        }
        return place == null ? context.fromStart() : context.from(place);
    }

    /** On the command line: {@code now}, {@code start}, or as {@link PositionConverter}. */
    static final class Converter implements ITypeConverter<WatchFrom> {
        @Override
        public WatchFrom convert(String text) {
            return switch (text) {
                case "now" -> NOW;
                case "start" -> START;
                default -> new WatchFrom(false, new PositionConverter().convert(text));
            };
        }
    }
}
