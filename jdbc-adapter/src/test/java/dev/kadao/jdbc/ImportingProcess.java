package dev.kadao.jdbc;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Imports or re-encrypts until it is killed; prints a line when each transaction is acknowledged. */
final class ImportingProcess {
    static final int KEYS = 20_000;
    static final KeyBatch BATCH = KeyBatch.of("a", "may", "supplier");

    private ImportingProcess() {}

    /** Every hundredth line is there twice. */
    static String text() {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> i % 100 == 99 ? "key" + i + "\nkey" + i : "key" + i)
                .collect(Collectors.joining("\n"));
    }

    public static void main(String[] arguments) {
        JdbcKeyInventory inventory = JdbcKeyInventory.over(new UrlDataSource(arguments[0]), TestDatabases.cipher())
                .open();
        if (arguments[1].equals("import")) {
            inventory
                    .desk()
                    .importKeys(BATCH, TestDatabases.text(text()), progress -> say("part " + progress.imported()));
        } else {
            inventory.desk().reencrypt(arguments[2], done -> say("part " + done));
        }
        say("finished");
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
