package io.tickring.engine.analytics;

/** How workers share tasks among them. The tasks and what they give are the same for each. */
public enum WorkSharing {
    /** Each worker has as many tasks as any other, fixed beforehand. Costs nothing; a worker with heavy tasks ends last. */
    STATIC,
    /** Each worker takes the next few from a shared counter until there are none. */
    DYNAMIC,
    /** Halves, and halves of halves; who has nothing left steals from another: fork/join. */
    STEALING
}
