package dev.kadao.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line says. */
final class Options {
    static final String USAGE = """
            java -jar benchmarks/target/benchmarks.jar [options]
              --database NAME          h2, postgres, mariadb or all (default all)
              --orders N               orders of a run at many clients (default 2500); at one client an eighth
              --clients LIST           default 1,64
              --skus LIST              default 1,100
              --repeats N              default 3
              --warm-up N              orders of each contender before the clock runs, at many clients (default 20000)
              --pool N                 connections of each contender (default 32)
              --latency-seconds N      how long arrivals last when latency is measured (default 4); 0: not measured
              --markdown FILE          where the tables are written besides (default none)
              --isolation              instead: top-ups of two suppliers, of which one hangs
              --isolation-rate N       for --isolation: orders a second of each supplier (default 30)
              --isolation-seconds N    for --isolation: how long they arrive (default 12)
              --idle                   instead: a Fulfillment over open checkouts in PostgreSQL that nobody uses
              --open-checkouts N       for --idle (default 1000000)
              --idle-seconds N         for --idle (default 60)""";

    List<String> databases = List.of("h2", "postgres", "mariadb");
    int orders = 2_500;
    List<Integer> clients = List.of(1, 64);
    List<Integer> skus = List.of(1, 100);
    int repeats = 3;
    int warmUp = 20_000;
    int pool = 32;
    int latencySeconds = 4;
    boolean isolation;
    int isolationRate = 30;
    int isolationSeconds = 12;
    boolean idle;
    int openCheckouts = 1_000_000;
    int idleSeconds = 60;

    @Nullable
    Path markdown;

    private Options() {}

    /** @throws IllegalArgumentException with a sentence for people */
    static Options of(String[] arguments) {
        Options options = new Options();
        List<String> words = Arrays.asList(arguments);
        for (int i = 0; i < words.size(); i++) {
            String name = words.get(i);
            if (name.equals("--idle")) {
                options.idle = true;
            } else if (name.equals("--isolation")) {
                options.isolation = true;
            } else if (i + 1 < words.size()) {
                options.set(name, words.get(++i));
            } else {
                throw new IllegalArgumentException("'" + name + "' has no value.\n" + USAGE);
            }
        }
        return options;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--database" -> databases = value.equals("all") ? databases : List.of(value);
            case "--orders" -> orders = number(name, value);
            case "--clients" -> clients = numbers(name, value);
            case "--skus" -> skus = numbers(name, value);
            case "--repeats" -> repeats = number(name, value);
            case "--warm-up" -> warmUp = number(name, value);
            case "--pool" -> pool = number(name, value);
            case "--latency-seconds" -> latencySeconds = value.equals("0") ? 0 : number(name, value);
            case "--isolation-rate" -> isolationRate = number(name, value);
            case "--isolation-seconds" -> isolationSeconds = number(name, value);
            case "--markdown" -> markdown = Path.of(value);
            case "--open-checkouts" -> openCheckouts = number(name, value);
            case "--idle-seconds" -> idleSeconds = number(name, value);
            default -> throw new IllegalArgumentException("There is no option '" + name + "'.\n" + USAGE);
        }
    }

    private static List<Integer> numbers(String name, String value) {
        return Arrays.stream(value.split(",", -1))
                .map(part -> number(name, part))
                .sorted()
                .toList();
    }

    private static int number(String name, String value) {
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + " is '" + value + "'; give a whole number above zero.");
        }
        return Integer.parseInt(value);
    }
}
