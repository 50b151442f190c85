package dev.kadao.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the benchmarks; see docs/benchmarks.md. */
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (System.getProperty("basedir") == null) {
            System.setProperty("basedir", module().toString());
        }
        List<String> lines = new ArrayList<>(Machine.lines(arguments, options));
        lines.forEach(System.out::println);
        lines.replaceAll(line -> "- " + line);
        lines.add("");
        if (options.idle) {
            lines.addAll(new IdleBenchmark(options, System.out).run());
        } else if (options.isolation) {
            for (String database : options.databases) {
                lines.addAll(new IsolationBenchmark(Server.named(database), options, System.out).run());
            }
        } else {
            for (String database : options.databases) {
                long start = System.nanoTime();
                Report report = new StorageBenchmark(Server.named(database), options, System.out).run();
                List<String> tables = report.markdown();
                System.out.println("\n" + String.join("\n", tables));
                System.out.printf("%s took %.0f s%n", database, (System.nanoTime() - start) / 1e9);
                lines.addAll(tables);
            }
        }
        if (options.markdown != null) {
            Files.writeString(options.markdown, String.join("\n", lines) + "\n");
        }
        // A driver or the embedded server may have left a thread behind.
        System.exit(0);
    }

    /** The module's folder: servers and data go under its build folder wherever this is started from. */
    private static Path module() throws URISyntaxException {
        Path code = Path.of(Benchmarks.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return code.resolve("../..").normalize();
    }
}
