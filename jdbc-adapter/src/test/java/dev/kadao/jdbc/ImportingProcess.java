package dev.kadao.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Imports or re-encrypts until it is killed; prints a line when each transaction is acknowledged. Does one part more than
 * it is to be killed after and then waits for that, so that it never comes to its end first.
 */
final class ImportingProcess {
    static final int KEYS = 20_000;
    static final KeyBatch BATCH = KeyBatch.of("a", "may", "supplier");

    private final int killedAfter;
    private int parts;

    private ImportingProcess(int killedAfter) {
        this.killedAfter = killedAfter;
    }

    /** Every hundredth line is there twice. */
    static String text() {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> i % 100 == 99 ? "key" + i + "\nkey" + i : "key" + i)
                .collect(Collectors.joining("\n"));
    }

    /** @param arguments the number of parts to be killed after, the database, what to do, and of which batch */
    public static void main(String[] arguments) {
        ImportingProcess process = new ImportingProcess(Integer.parseInt(arguments[0]));
        JdbcKeyInventory inventory = JdbcKeyInventory.over(new UrlDataSource(arguments[1]), TestDatabases.cipher())
                .open();
        if (arguments[2].equals("import")) {
            inventory
                    .desk()
                    .importKeys(BATCH, TestDatabases.text(text()), progress -> process.did(progress.imported()));
        } else {
            inventory.desk().reencrypt(arguments[3], process::did);
        }
        say("finished");
    }

    private void did(long keys) {
        say("part " + keys);
        parts++;
        if (parts > killedAfter) {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
