package dev.kadao.examples.acceptance;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The shop as a child process of its own. */
final class ShopProcess implements AutoCloseable {
    /** How a process ended that was not to run. */
    record Exit(int status, String output) {}

    private static final Pattern LISTENING =
            Pattern.compile("^cardshop: listening on (http://127\\.0\\.0\\.1:[0-9]+)\\R", Pattern.MULTILINE);

    private final ChildProcess process;
    private final URI uri;

    private ShopProcess(ChildProcess process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts a shop that is to run, and waits until it listens. */
    static ShopProcess start(Path logs, List<String> options) {
        ChildProcess started = ChildProcess.launch(logs, "shop", command(options));
        return new ShopProcess(started, URI.create(started.awaitOutput(LISTENING)));
    }

    /** Runs a shop that is to refuse its start. */
    static Exit runToItsEnd(Path logs, List<String> options) {
        try (ChildProcess started = ChildProcess.launch(logs, "shop", command(options))) {
            return new Exit(started.awaitExit(), started.output());
        }
    }

    URI uri() {
        return uri;
    }

    int port() {
        return uri.getPort();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String standardOutput() {
        return process.standardOutput();
    }

    String output() {
        return process.output();
    }

    /** {@code kill -9}; returns when the process is gone. */
    void kill() {
        process.kill();
    }

    /** {@code kill -STOP}: it does nothing from here on, keeps its connections and knows nothing of it. */
    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    /** Asks the process to end and waits until it has. */
    void stop() {
        process.stop();
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar().toString()));
        command.addAll(options);
        return command;
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("cardshop.jar", "target/cardshop.jar"))
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("There is no " + jar + ": package the examples first, or set -Dcardshop.jar.");
        }
        return jar;
    }
}
