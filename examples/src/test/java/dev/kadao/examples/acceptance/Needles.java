package dev.kadao.examples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Searches the raw bytes of files for texts, in every encoding a database could have stored them in. */
final class Needles {
    private static final List<Charset> ENCODINGS = List.of(UTF_8, UTF_16LE, UTF_16BE);

    private Needles() {}

    /** Where any of {@code texts} stands in any file below {@code directory}: "file: text". */
    static List<String> below(Path directory, List<String> texts) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                texts.stream()
                        .filter(text -> holds(bytes, text))
                        .forEach(text -> found.add(file.getFileName() + ": " + text));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(byte[] bytes, String text) {
        return ENCODINGS.stream().anyMatch(encoding -> indexOf(bytes, text.getBytes(encoding)) >= 0);
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            int matched = 0;
            while (matched < wanted.length && bytes[at + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
