package io.tickring.app;

import java.util.Iterator;
import java.util.List;
import org.agrona.BitUtil;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How much the broadcast holds, on the command line: a size that its layout takes, or {@code off}, which is 0. */
final class BroadcastConverter implements ITypeConverter<Integer>, Iterable<String> {
    private static final long MIN_BYTES = 64L << 20;
    private static final long MAX_BYTES = 1L << 30;

    @Override
    public Integer convert(String text) {
        long bytes = new SizeConverter().convert(text);
        boolean fits = bytes >= MIN_BYTES && bytes <= MAX_BYTES && BitUtil.isPowerOfTwo(bytes);
        if (bytes == 0 || fits) {
            return (int) bytes;
        }
        throw new TypeConversionException("'" + text + "' must be 64MiB, 128MiB, 256MiB, 512MiB or 1GiB; or off");
    }

    @Override
    public Iterator<String> iterator() {
        return List.of("64MiB", "256MiB", "1GiB", "off").iterator();
    }
}
