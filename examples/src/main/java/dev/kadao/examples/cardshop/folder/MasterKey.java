package dev.kadao.examples.cardshop.folder;

import dev.kadao.order.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The key that seals the stock: 32 bytes in base64, made once and kept in {@code master.key} beside the database. */
public final class MasterKey {
    private MasterKey() {}

    /**
     * Reads the folder's key, or makes it and, where it is missing, the folder. It is on the disk before this returns:
     * keys sealed under a lost master key would be lost with it. Several processes on one folder get one key.
     */
    public static synchronized Secret of(Path folder) throws IOException, DataFolder.NotUsable {
        Files.createDirectories(folder);
        Path file = folder.resolve("master.key");
        if (Files.notExists(file)) {
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("master.key.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && Files.notExists(file)) {
                    make(file);
                }
            }
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!isKey(text)) {
            throw new DataFolder.NotUsable(
                    "The file " + file
                            + " does not hold 32 bytes in base64; restore it from a copy. Without it the keys"
                            + " in stock cannot be opened.",
                    null);
        }
        return Secret.of(text);
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path unfinished = file.resolveSibling("master.key.new");
        Files.deleteIfExists(unfinished);
        boolean posix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] onlyOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(unfinished, fresh, onlyOwner)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
