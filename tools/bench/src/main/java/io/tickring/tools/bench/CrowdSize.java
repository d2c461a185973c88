package io.tickring.tools.bench;

/**
 * How many subscribers of each kind a crowd has, beside the one that is stuck and the one that throws.
 *
 * @param lossless in the engine's process; half of them conflate, the others disconnect
 * @param outside lossless ones in another process
 */
record CrowdSize(int every, int latest, int lossless, int outside) {
    /** The one that is measured. */
    static final CrowdSize FULL = new CrowdSize(60, 100, 20, 20);
}
