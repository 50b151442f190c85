package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How this process runs: the command line, with the file's values where the command line says nothing.
 *
 * @param port 0 takes a free one
 * @param adminToken empty: a random one is made and printed
 * @param config empty: the built-in demo runs
 */
public record Options(int port, String bind, Path data, Optional<Secret> adminToken, Optional<Path> config) {}
