package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shop as a child process of its own. Its output goes to two files. A process that was started here is ended here,
 * at the latest when this JVM exits.
 */
final class ShopProcess implements AutoCloseable {
    /** How a process ended that was not to run. */
    record Exit(int status, String output) {}

    private static final Pattern LISTENING =
            Pattern.compile("^cardshop: listening on (http://127\\.0\\.0\\.1:[0-9]+)\\R", Pattern.MULTILINE);
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path out;
    private final Path err;
    private URI uri = URI.create("http://127.0.0.1:0");

    private ShopProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a shop that is to run, and waits until it listens. */
    static ShopProcess start(Path logs, List<String> options) {
        ShopProcess started = launch(logs, command(options));
        started.awaitListening();
        return started;
    }

    /** Runs a shop that is to refuse its start. */
    static Exit runToItsEnd(Path logs, List<String> options) {
        try (ShopProcess started = launch(logs, command(options))) {
            if (!started.exitsWithin(START_LIMIT)) {
                throw new AssertionError("The shop was to refuse these options, but runs: " + started.output());
            }
            return new Exit(started.process.exitValue(), started.output());
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
        return read(out);
    }

    String output() {
        return read(out) + read(err);
    }

    /** {@code kill -9}; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        if (!exitsWithin(STOP_LIMIT)) {
            throw new AssertionError("Process " + process.pid() + " survived kill -9 for " + STOP_LIMIT + ".");
        }
    }

    /** {@code kill -STOP}: it does nothing from here on, keeps its connections and knows nothing of it. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
            if (!kill.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill " + name + " of process " + process.pid() + " did not work.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted at kill " + name + " of process " + process.pid(), e);
        }
    }

    /** Asks the process to end and waits until it has. */
    void stop() {
        process.destroy();
        if (!exitsWithin(STOP_LIMIT)) {
            kill();
            throw new AssertionError("The shop did not stop within " + STOP_LIMIT + " of being asked:\n" + output());
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar().toString()));
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

    private static ShopProcess launch(Path logs, List<String> command) {
        try {
            Files.createDirectories(logs);
            Path out = Files.createTempFile(logs, "shop-", ".out");
            Path err = Path.of(out.toString().replaceAll("out$", "err"));
            Process process = new ProcessBuilder(command)
                    .directory(logs.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            RUNNING.add(process);
            return new ShopProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        Waiting.within(START_LIMIT, "the shop listens")
                .failFast("the shop ended before it listened", () -> !process.isAlive() && !seenListening())
                .until(this::seenListening);
    }

    private boolean seenListening() {
        Matcher line = LISTENING.matcher(read(out));
        if (!line.find()) {
            return false;
        }
        uri = URI.create(line.group(1));
        return true;
    }

    private boolean exitsWithin(Duration limit) {
        try {
            boolean gone = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (gone) {
                RUNNING.remove(process);
            }
            return gone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the end of process " + process.pid(), e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
