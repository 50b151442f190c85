package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line and the file come to: a shop to start, help to print, or all the problems at once. */
public sealed interface Startup {

    /**
     * Everything is readable.
     *
     * @param notes what the operator should know about the settings, one sentence each
     */
    record Ready(Options options, ShopConfig config, List<String> notes) implements Startup {
        public Ready {
            notes = List.copyOf(notes);
        }
    }

    /** The usage was asked for. */
    record Help(String text) implements Startup {}

    /**
     * The shop cannot start so.
     *
     * @param status 2 for a command line that is none, 1 for everything else
     * @param problems one sentence each
     */
    record Rejected(int status, List<String> problems) implements Startup {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the command line and, if it names one, the file. */
    static Startup of(List<String> arguments) {
        CommandLine line = CommandLine.parse(arguments);
        if (line.help()) {
            return new Help(CommandLine.USAGE);
        }
        List<String> typed = new ArrayList<>(line.problems());
        Optional<Path> file = Optional.empty();
        if (line.values().containsKey("config")) {
            file = path("--config", line.values().get("config"), typed);
        }
        // The same checks as for the file's values; a bad one is a bad command line and answered as such.
        options(new Settings(line.values(), typed), file, "--", Optional.empty());
        if (!typed.isEmpty()) {
            return new Rejected(2, typed);
        }
        List<String> problems = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        file.ifPresent(path -> values.putAll(PropertiesFile.read(path, problems)));
        return of(line.values(), values, file, problems);
    }

    /** As {@link #of(List)}, with the built-in demo's file in place of a real one. */
    static Startup demo(byte[] file, Options options) {
        List<String> problems = new ArrayList<>();
        Map<String, String> values = PropertiesFile.parse(file, "the built-in demo", problems);
        Ready read = ConfigReader.read(options, values, problems);
        return problems.isEmpty() ? read : new Rejected(1, problems);
    }

    private static Startup of(
            Map<String, String> typed, Map<String, String> inFile, Optional<Path> file, List<String> problems) {
        Map<String, String> values = new LinkedHashMap<>(inFile);
        typed.forEach((name, value) -> {
            if (!name.equals("config")) {
                values.put(name, value);
            }
        });
        Settings settings = new Settings(values, problems);
        Options options = options(settings, file, "", JdbcAddress.read(settings));
        Ready read = ConfigReader.read(options, values, problems);
        return problems.isEmpty() ? read : new Rejected(1, problems);
    }

    private static Options options(Settings settings, Optional<Path> file, String prefix, Optional<JdbcAddress> jdbc) {
        List<String> problems = new ArrayList<>();
        Optional<Path> data = path(prefix + "data", settings.text("data").orElse("cardshop-data"), problems);
        String bind = settings.text("bind").orElse("127.0.0.1");
        if (!bind.matches("[0-9A-Za-z.:%_-]{1,255}")) {
            problems.add(prefix + "bind is '" + bind + "'; it must be an address of this machine, such as 127.0.0.1.");
        }
        Optional<Secret> token = settings.secret("admin-token");
        if (token.isPresent() && !token.get().expose().matches("[\\x21-\\x7e]{1,256}")) {
            problems.add(prefix + "admin-token is not acceptable; it must be 1 to 256 visible ASCII characters without"
                    + " spaces, since it is sent in a header.");
        }
        problems.forEach(settings::problem);
        return new Options(settings.whole("port", 8080, 0, 65535), bind, data.orElse(Path.of("")), jdbc, token, file);
    }

    private static Optional<Path> path(String name, String text, List<String> problems) {
        try {
            if (!text.isBlank()) {
                return Optional.of(Path.of(text));
            }
        } catch (InvalidPathException e) {
            // Refused below, like an empty one.
        }
        problems.add(name + " is '" + text + "'; it must be the name of a file or folder.");
        return Optional.empty();
    }
}
