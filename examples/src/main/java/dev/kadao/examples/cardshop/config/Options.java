package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How this process runs: the command line, with the file's values where the command line says nothing.
 *
 * @param port 0 takes a free one
 * @param data the folder of the embedded database; with a database server, that of the master key if none is configured
 * @param jdbc empty: the embedded database
 * @param adminToken empty: a random one is made and printed
 * @param config empty: the built-in demo runs
 */
public record Options(
        int port,
        String bind,
        Path data,
        Optional<JdbcAddress> jdbc,
        Optional<Secret> adminToken,
        Optional<Path> config) {}
