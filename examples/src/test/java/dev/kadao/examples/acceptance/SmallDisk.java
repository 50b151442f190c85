package dev.kadao.examples.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that is small enough to fill up; only root on Linux can make one. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path mountPoint;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    /** Skips the calling test, by name, where no such disk can be made. */
    static SmallDisk orSkip(Path mountPoint, int mebibytes) throws IOException, InterruptedException {
        boolean mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", mountPoint.toString()) == 0;
        assumeTrue(mounted, "a full disk needs root and a kernel that lets it mount a tmpfs");
        return new SmallDisk(mountPoint);
    }

    Path directory() {
        return mountPoint;
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            byte[] block = new byte[BLOCK];
            while (mountPoint.toFile().getUsableSpace() > 0) {
                filler.write(block);
            }
        } catch (IOException e) {
            // Whoever else writes there may have taken the last block before this could.
            if (mountPoint.toFile().getUsableSpace() > 0) {
                throw e;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filler());
    }

    @Override
    public void close() throws IOException {
        try {
            if (run("umount", mountPoint.toString()) != 0) {
                throw new IOException("The small disk at " + mountPoint + " is still mounted.");
            }
            Files.delete(mountPoint);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path filler() {
        return mountPoint.resolve("filler");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
