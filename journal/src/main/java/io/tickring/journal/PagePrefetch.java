package io.tickring.journal;

import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;

/** Asks the system to read mapped pages before they are touched: one wait for all of them, not one for each. */
final class PagePrefetch {
    private static final long MAX_BYTES = 8L << 20;
    private static final long PAGE_LENGTH = 4096;

    private PagePrefetch() {}

    /** Begins to read at most {@link #MAX_BYTES} from {@code address} on. A hint: where it cannot be given nothing is done. */
    static void from(long address, long lengthBytes) {
        if (address == 0) {
            return;
        }
        long start = address & -PAGE_LENGTH;
        long length = Math.min(MAX_BYTES, lengthBytes) + address - start;
        try {
            PosixAPI.posix().madvise(start, length, MAdviseFlag.MADV_WILLNEED);
        } catch (PosixRuntimeException missing) {
            // Chronicle's native layer is not there: each page is waited for.
        }
    }
}
