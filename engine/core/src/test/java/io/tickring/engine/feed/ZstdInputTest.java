package io.tickring.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** How zstd streams are unpacked: whole ones, several frames, cut and damaged ones. */
class ZstdInputTest {
    private static final byte[] SKIPPABLE = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 7, 7, 7};
    /** A frame of a raw block "ab", a run of three "c" and an empty last one. */
    private static final byte[] BY_HAND = {
        0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0, 0x10, 0, 0, 'a', 'b', 0x1A, 0, 0, 'c', 1, 0, 0
    };

    @Test
    void shouldUnpackFramesOfAnyLength() throws IOException {
        for (int length : new int[] {0, 1, 100, 131_071, 131_072, 131_073, 3_000_000}) {
            byte[] plain = text(length);
            assertThat(unpack(zstd(plain))).as("length=%d", length).isEqualTo(plain);
            assertThat(unpack(new PushbackInputStream(new DrippingInput(zstd(plain)))))
                    .isEqualTo(plain);
        }
        assertThat(unpack(BY_HAND)).isEqualTo(FeedRun.bytes("abccc"));
    }

    @Test
    void shouldUnpackWhatIsInSeveralFramesAndSkipWhatIsNot() throws IOException {
        byte[] first = text(200_000);
        byte[] second = text(77);
        byte[] all =
                FeedRun.join(SKIPPABLE, zstd(first), zstd(new byte[0]), SKIPPABLE, BY_HAND, zstd(second), SKIPPABLE);
        byte[] expected = FeedRun.join(first, FeedRun.bytes("abccc"), second);
        assertThat(unpack(all)).isEqualTo(expected);
        assertThat(unpack(SKIPPABLE)).isEmpty();
        assertThat(unpack(new byte[0])).isEmpty();
    }

    @Test
    void shouldGiveAllWholeBlocksBeforeACut() {
        byte[] plain = text(500_000);
        byte[] packed = FeedRun.join(BY_HAND, zstd(plain));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            int length = i < 30 ? 1 + i : random.nextInt(30, packed.length);
            if (length == BY_HAND.length) {
                continue;
            }
            Unpacked unpacked = Unpacked.of(Arrays.copyOf(packed, length));
            byte[] expected = FeedRun.join(FeedRun.bytes("abccc"), plain);
            assertThat(unpacked.failure).as("length=%d", length).isInstanceOf(EOFException.class);
            assertThat(unpacked.bytes).isEqualTo(Arrays.copyOf(expected, unpacked.bytes.length));
            int wholeBlocks = (int) ((length - 100L) * plain.length / packed.length / (1 << 17) - 1) * (1 << 17);
            assertThat(unpacked.bytes.length).isGreaterThanOrEqualTo(Math.max(length < 11 ? 0 : 2, wholeBlocks));
        }
    }

    @Test
    void shouldFindDamage() {
        byte[] plain = text(200_000);
        byte[] packed = zstd(plain);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = packed.clone();
            damaged[i < 20 ? i : random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            Unpacked unpacked = Unpacked.of(damaged);
            if (unpacked.failure == null) {
                assertThat(unpacked.bytes).isEqualTo(plain);
            } else {
                assertThat(unpacked.failure).isInstanceOfAny(ZipException.class, EOFException.class, IOException.class);
            }
        }
        byte[] behind = FeedRun.join(packed, FeedRun.bytes("garbage"));
        assertThat(Unpacked.of(behind).failure).isInstanceOf(ZipException.class).hasMessage("not a zstd frame");
        assertThat(Unpacked.of(behind).bytes).isEqualTo(plain);
    }

    @Test
    void shouldEndAfterAFailure() throws IOException {
        byte[] packed = zstd(text(1000));
        packed[packed.length - 1] ^= 1;
        try (InputStream input = new ZstdInput(new ByteArrayInputStream(packed))) {
            assertThatThrownBy(input::readAllBytes)
                    .isInstanceOf(ZipException.class)
                    .hasMessage("checksum of a zstd frame");
            assertThat(input.read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldNameAWindowThatIsTooLarge() {
        byte[] large = BY_HAND.clone();
        large[5] = (byte) (17 << 3);
        assertThatThrownBy(() -> unpack(large))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ZipException.class)
                .hasMessageContaining("zstd window=134217728 is more than 8388608 bytes");
    }

    @Test
    void shouldServeAFeedAsGzipDoes() {
        String lines = "11 {\"s\":\"A\",\"b\":1,\"B\":2,\"a\":3,\"A\":4}\n".repeat(30_000);
        byte[] plain = FeedRun.bytes(lines);
        assertThat(FeedRun.binance(FeedRun.join(zstd(plain), SKIPPABLE))).isEqualTo(FeedRun.binance(plain));
        byte[] packed = zstd(plain);
        FeedRun cut = FeedRun.binance(Arrays.copyOf(packed, packed.length - 5));
        assertThat(cut.rejected()).isEqualTo(Map.of(RejectReason.TRUNCATED_INPUT, 1L));
        assertThat(cut.ticks()).hasSizeGreaterThan(100);
    }

    /** What came out before the end or a failure. */
    private record Unpacked(byte[] bytes, IOException failure) {
        static Unpacked of(byte[] packed) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (InputStream input = new ZstdInput(new ByteArrayInputStream(packed))) {
                byte[] buffer = new byte[5_000];
                for (int count; (count = input.read(buffer, 0, buffer.length)) >= 0; ) {
                    bytes.write(buffer, 0, count);
                }
                return new Unpacked(bytes.toByteArray(), null);
            } catch (IOException failure) {
                return new Unpacked(bytes.toByteArray(), failure);
            }
        }
    }

    static byte[] zstd(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(packed)) {
            zstd.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] unpack(byte[] packed) throws IOException {
        return unpack(new ByteArrayInputStream(packed));
    }

    private static byte[] unpack(InputStream packed) throws IOException {
        try (InputStream input = new ZstdInput(packed)) {
            return input.readAllBytes();
        }
    }

    /** Numbers, of which some are the same and some are not. */
    private static byte[] text(int length) {
        SplittableRandom random = new SplittableRandom(length);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(3) == 0 ? 123_456_789 : random.nextLong())
                    .append(',');
        }
        return FeedRun.bytes(text.substring(0, length));
    }
}
