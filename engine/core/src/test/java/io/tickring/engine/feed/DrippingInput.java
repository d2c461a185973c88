package io.tickring.engine.feed;

import java.io.ByteArrayInputStream;

/** Delivers one byte at a time and never says that more is ready, like a slow pipe. */
final class DrippingInput extends ByteArrayInputStream {
    DrippingInput(byte[] bytes) {
        super(bytes);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(1, length));
    }

    @Override
    public synchronized int available() {
        return 0;
    }
}
