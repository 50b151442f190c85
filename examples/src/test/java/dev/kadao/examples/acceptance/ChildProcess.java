package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java program as a process of its own. Its output goes to two files. A process that was started here is ended here,
 * at the latest when this JVM exits.
 */
final class ChildProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param java what stands behind {@code java}: its options, the program and its arguments */
    static ChildProcess launch(Path logs, String name, List<String> java) {
        try {
            Files.createDirectories(logs);
            Path out = Files.createTempFile(logs, name + "-", ".out");
            Path err = Path.of(out.toString().replaceAll("out$", "err"));
            Process process = new ProcessBuilder(command(java))
                    .directory(logs.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            RUNNING.add(process);
            return new ChildProcess(name, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(List<String> java) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        return command;
    }

    /** Waits until its standard output has this, and returns the first group. */
    String awaitOutput(Pattern wanted) {
        AtomicReference<String> group = new AtomicReference<>("");
        Waiting.within(START_LIMIT, "the " + name + " prints " + wanted)
                .failFast("the " + name + " ended before", () -> !process.isAlive() && !seen(wanted, group))
                .until(() -> seen(wanted, group));
        return group.get();
    }

    private boolean seen(Pattern wanted, AtomicReference<String> group) {
        Matcher matcher = wanted.matcher(read(out));
        if (!matcher.find()) {
            return false;
        }
        group.set(matcher.group(1));
        return true;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of one that ends by itself, and returns its status. */
    int awaitExit() {
        if (!exitsWithin(START_LIMIT)) {
            throw new AssertionError("The " + name + " was to end by itself, but runs: " + output());
        }
        return process.exitValue();
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

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!kill.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("kill " + signal + " of process " + process.pid() + " did not work.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted at kill " + signal + " of process " + process.pid(), e);
        }
    }

    /** Asks the process to end and waits until it has. */
    void stop() {
        process.destroy();
        if (!exitsWithin(STOP_LIMIT)) {
            kill();
            throw new AssertionError(
                    "The " + name + " did not stop within " + STOP_LIMIT + " of being asked:\n" + output());
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
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
