package dev.kadao.jdbc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a main class of these tests in a JVM of its own. */
final class JavaProcess {
    private JavaProcess() {}

    /** The caller ends it. */
    static Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(main),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Where this test and what it uses lie, whether the run gave them as modules or as a class path. */
    private static String classPath(Class<?> main) {
        return Stream.of("java.class.path", "jdk.module.path")
                        .map(name -> System.getProperty(name, ""))
                        .flatMap(paths -> Stream.of(paths.split(File.pathSeparator)))
                        .filter(path -> !path.isEmpty())
                        .collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + Path.of(
                        main.getProtectionDomain().getCodeSource().getLocation().getPath())
                + File.pathSeparator
                + Path.of("target", "test-classes");
    }
}
