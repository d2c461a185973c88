package io.tickring.engine.request;

import java.time.Duration;
import java.util.function.Function;

/** Waits for the next copy of the table, which all that wait for it share, and answers with it or with what is read off it. */
final class SnapshotRequest<T> extends Request<T> {
    private final SnapshotRounds rounds;
    private final Function<TableSnapshot, T> reading;
    private SnapshotRound round;

    SnapshotRequest(String name, SnapshotRounds rounds, Function<TableSnapshot, T> reading, Duration timeout) {
        super(name, timeout);
        this.rounds = rounds;
        this.reading = reading;
    }

    @Override
    void look() {
        if (round == null) {
            round = rounds.joinNext(this);
        }
        TableSnapshot snapshot = round.result();
        if (snapshot != null) {
            complete(reading.apply(snapshot));
        }
    }

    @Override
    String waitsFor() {
        return round == null ? "state=not begun" : round.state();
    }
}
