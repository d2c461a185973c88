package io.tickring.tools.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickring.tools.cli.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A small file system of its own, in memory or in an image behind a loop device; unmounted at the end. */
final class Disk implements AutoCloseable {
    private final Path folder;
    private final Path image;

    private Disk(Path folder, Path image) {
        this.folder = folder;
        this.image = image;
    }

    /** In memory; skips the row where this user may not mount. */
    static Disk inMemory(FaultRow row, Path parent, String size) throws IOException, InterruptedException {
        Path folder = newFolder(parent);
        row.need(
                Jar.command("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) == 0,
                "no mount of a tmpfs");
        return new Disk(folder, null);
    }

    /** A new ext4 in an image; skips the row where that cannot be made or mounted. */
    static Disk ext4(FaultRow row, Path parent, String size) throws IOException, InterruptedException {
        Path image = parent.resolve("image-" + UUID.randomUUID());
        Jar.command("truncate", "-s", size, image.toString());
        row.need(
                Jar.command("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1", image.toString()) == 0,
                "no mkfs.ext4");
        Path folder = newFolder(parent);
        row.need(mount(image, folder), "no mount of a loop device");
        return new Disk(folder, image);
    }

    /** The disk as it is at this moment, without what its file system holds in memory: what a power cut leaves. */
    Disk afterPowerCut(Path parent, Runnable onceCopied) throws IOException, InterruptedException {
        Path copy = parent.resolve("copy-" + UUID.randomUUID());
        assertThat(Jar.command("cp", "--sparse=always", image.toString(), copy.toString()))
                .isZero();
        onceCopied.run();
        Path other = newFolder(parent);
        assertThat(mount(copy, other)).isTrue();
        return new Disk(other, copy);
    }

    Path folder() {
        return folder;
    }

    /** Makes the file system larger, which only one in memory can be. */
    void grow(String size) throws InterruptedException {
        assertThat(Jar.command("mount", "-o", "remount,size=" + size, folder.toString()))
                .isZero();
    }

    /** The file system of an image gives up, as it does when its disk fails: it is read-only from now on. */
    void giveUp() {
        command("mount", "-o", "remount,abort", folder.toString());
    }

    /** Who asks for {@code part} of it by name finds it read-only; {@link #uncover} ends that. */
    static void coverReadOnly(Path part) {
        command("mount", "--bind", part.toString(), part.toString());
        command("mount", "-o", "remount,ro,bind", part.toString());
    }

    static void uncover(Path part) {
        command("umount", part.toString());
    }

    private static void command(String... words) {
        try {
            assertThat(Jar.command(words)).as(String.join(" ", words)).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            unmount();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: folder=" + folder, e);
        }
    }

    /** A process that was just killed may still hold files for a moment. */
    private void unmount() throws IOException, InterruptedException {
        int exitCode = -1;
        for (int i = 0; i < 50 && exitCode != 0; i++) {
            exitCode = Jar.command("umount", folder.toString());
            if (exitCode != 0) {
                // A file of it that this process has mapped is let go with the garbage.
                System.gc();
                Jar.sleep(100);
            }
        }
        if (exitCode != 0) {
            Jar.command("umount", "-l", folder.toString());
        }
        if (image != null) {
            Files.deleteIfExists(image);
        }
        assertThat(exitCode).as("umount").isZero();
    }

    private static boolean mount(Path image, Path folder) throws InterruptedException {
        return Jar.command("mount", "-o", "loop", image.toString(), folder.toString()) == 0;
    }

    private static Path newFolder(Path parent) throws IOException {
        return Files.createDirectory(parent.resolve("disk-" + UUID.randomUUID()));
    }
}
