package io.tickring.engine.subscription;

/** Why a subscription gives nothing more. */
public enum EndReason {
    /** Its subscriber closed it. */
    CLOSED,
    /** It fell behind, and had asked to be disconnected then; or it had not read all by when the engine could wait no longer. */
    FELL_BEHIND,
    /** It did not poll for longer than the engine's idle limit. */
    IDLE,
    /** Its listener threw. */
    LISTENER_THREW,
    /** What it reads cannot be read any more. */
    SOURCE_FAILED,
    /** The engine is closed, and all was given that was still to come. */
    ENGINE_CLOSED
}
