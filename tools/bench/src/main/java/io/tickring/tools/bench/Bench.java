package io.tickring.tools.bench;

import java.util.List;

/**
 * A comparison: contenders that do the same work. The first is the one that the others are set against.
 *
 * @param name as on the command line
 * @param title says what the work is
 * @param contenders in the order in which each round runs them
 * @param marks what is hoped for; missing one is said, and is no error
 * @param notes what a reader of the figures must know, and what is not included
 * @param bytesNeeded on the disk at the same time
 */
record Bench(
        String name,
        String title,
        List<Contender> contenders,
        List<Mark> marks,
        List<String> notes,
        long bytesNeeded) {}
