package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/** One row of the fault suite: runs its cases, counts them, and sums up what failed. One thread. */
final class FaultRow {
    private static final int ENOUGH = 5;

    /** One case; what it throws is its failure. */
    @FunctionalInterface
    interface Case {
        void run() throws Exception;
    }

    /** One case of many, with what it draws from. */
    @FunctionalInterface
    interface NumberedCase {
        void run(int number, Random random) throws Exception;
    }

    private final String name;
    private final String defence;
    private final List<String> notes = new ArrayList<>();
    private int ran;
    private int failed;
    private int skipped;
    private int controls;
    private int seen;
    private long nanos;

    FaultRow(String name, String defence) {
        this.name = name;
        this.defence = defence;
    }

    /** Runs {@code full} cases of the long suite or {@code some} of the short one; fails with the first few that failed. */
    void each(int full, int some, NumberedCase numbered) {
        each(1, full, some, () -> false, numbered);
    }

    /** As {@link #each(int, int, NumberedCase)}, of cases of so many kinds in turn: a tenth of them still has one of each. */
    void eachKind(int kinds, int full, int some, NumberedCase numbered) {
        each(kinds, full, some, () -> false, numbered);
    }

    /** As {@link #each(int, int, NumberedCase)}, and goes no further once it is over. */
    void each(int full, int some, BooleanSupplier isOver, NumberedCase numbered) {
        each(1, full, some, isOver, numbered);
    }

    /** How many cases run here, of {@code full} in the long suite or {@code some} in the short one. */
    static int count(int kinds, int full, int some) {
        int count = FaultTable.isFull() ? full : some;
        return Math.max(Math.min(kinds, count), FaultTable.scaled(count));
    }

    private void each(int kinds, int full, int some, BooleanSupplier isOver, NumberedCase numbered) {
        int count = count(kinds, full, some);
        long seed = FaultTable.seed();
        Random random = new Random(seed);
        System.out.println("row " + name + ": at most " + count + " cases, -Dfaults.seed=" + seed);
        List<AssertionError> failures = new ArrayList<>();
        for (int i = 0; i < count && failures.size() < ENOUGH && !isOver.getAsBoolean(); i++) {
            int number = i;
            AssertionError failure = count("case " + number + " of seed " + seed, () -> numbered.run(number, random));
            if (failure != null) {
                failures.add(failure);
            }
        }
        throwAll(failures);
    }

    /** Runs one case. */
    void run(String what, Case one) {
        AssertionError failure = count(what, one);
        throwAll(failure == null ? List.of() : List.of(failure));
    }

    /** With its defence switched off the row must fail, and say {@code how}: else it would prove nothing. */
    void control(String switchedOff, String how, Case one) {
        controls++;
        Throwable failure = catchThrowable(one::run);
        assertThat(failure)
                .as("row %s must fail with this switched off: %s", name, switchedOff)
                .isNotNull()
                .hasStackTraceContaining(how);
        seen++;
        String said = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        notes.add(name + ", off: " + switchedOff + " -> " + said.substring(0, Math.min(120, said.length())));
    }

    /** Goes on where {@code holds}; else this is a skip, which only who allows it gets. */
    void need(boolean holds, String what) {
        if (holds) {
            return;
        }
        skipped++;
        notes.add(name + ", skipped: " + what);
        assertThat(FaultTable.allowsSkips())
                .as("row %s cannot run here: %s; -Dfaults.allowSkips=true lets it be skipped", name, what)
                .isTrue();
        abort(name + ": " + what);
    }

    /** Takes over what was counted elsewhere. */
    void adopt(int cases, int failures, int switchedOff, int seenOff, long seconds) {
        ran += cases;
        failed += failures;
        controls += switchedOff;
        seen += seenOff;
        nanos += seconds * 1_000_000_000;
    }

    /** A line under the table. */
    void note(String line) {
        notes.add(name + ": " + line);
    }

    private AssertionError count(String what, Case one) {
        long start = System.nanoTime();
        ran++;
        try {
            one.run();
            return null;
        } catch (TestAbortedException e) {
            ran--;
            throw e;
        } catch (Exception | AssertionError e) {
            failed++;
            return new AssertionError(what + ": " + e, e);
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    private void throwAll(List<AssertionError> failures) {
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.stream()
                    .map(Throwable::getMessage)
                    .collect(Collectors.joining("\n", name + ": " + failures.size() + " failed of " + ran + "\n", "")));
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }

    String name() {
        return name;
    }

    String defence() {
        return defence;
    }

    int ran() {
        return ran;
    }

    int failed() {
        return failed;
    }

    int skipped() {
        return skipped;
    }

    /** How often the row failed with its defence off, of how often that was tried. */
    String controls() {
        return seen + " of " + controls;
    }

    long seconds() {
        return nanos / 1_000_000_000;
    }

    List<String> notes() {
        return notes;
    }
}
