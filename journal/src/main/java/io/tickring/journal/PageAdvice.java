package io.tickring.journal;

import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.PosixRuntimeException;

/** Tells the system which mapped pages will be touched. Hints: where one cannot be given nothing is done. */
final class PageAdvice {
    static final long PAGE_LENGTH = 4096;

    private static final long MAX_BYTES = 8L << 20;

    private PageAdvice() {}

    /** Begins to read at most {@link #MAX_BYTES} from {@code address} on: one wait for all of them, not one for each page. */
    static void willRead(long address, long lengthBytes) {
        advise(address, Math.min(MAX_BYTES, lengthBytes), MAdviseFlag.MADV_WILLNEED);
    }

    /** Brings only what is touched of a mapped chunk: for a page that is missing the system else may bring megabytes around it. */
    static void willWrite(BytesStore<?, ?> chunk) {
        advise(chunk.addressForRead(chunk.start()), chunk.capacity() - chunk.start(), MAdviseFlag.MADV_RANDOM);
    }

    private static void advise(long address, long lengthBytes, MAdviseFlag flag) {
        if (address == 0) {
            return;
        }
        long start = address & -PAGE_LENGTH;
        try {
            PosixAPI.posix().madvise(start, lengthBytes + address - start, flag);
        } catch (PosixRuntimeException missing) {
            // Chronicle's native layer is not there: the system does as it does for anyone.
        }
    }
}
