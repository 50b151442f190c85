package dev.kadao.examples.cardshop.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all that the shop keeps, locked for one process. The operating system takes the lock back when
 * the process ends in whatever way, so that {@code kill -9} leaves nothing to clean up.
 */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** The folder cannot be used; the message names it and says what to do. */
    public static final class NotUsable extends Exception {
        private static final long serialVersionUID = 1;

        NotUsable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Makes the folder if it is missing, and locks it. */
    public static DataFolder lock(Path path) throws NotUsable {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new NotUsable(
                    "The data folder " + path + " cannot be made (" + e + "); name another one with --data.", e);
        }
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve("shop.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isOurs(channel)) {
                return new DataFolder(path, channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new NotUsable(
                    "The data folder " + path + " cannot be written (" + e + "); make it writable or name another one"
                            + " with --data.",
                    e);
        }
        throw new NotUsable(
                "The data folder " + path + " is in use by another card shop process; stop that one or name another"
                        + " folder with --data.",
                null);
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
