package io.tickring.engine.ring;

/** Why a {@link RingReader} no longer reads. */
public enum LetGo {
    /** It was further behind than its limit, or stood in the way of a claim. */
    LAGS,
    /** It took nothing for too long, as whoever watches it says. */
    IDLE,
    /** It left by itself. */
    LEFT,
    /** The engine ends. */
    CLOSED,
    /** Slots that it was copying were claimed again: what it copied is void. */
    OVERRUN
}
