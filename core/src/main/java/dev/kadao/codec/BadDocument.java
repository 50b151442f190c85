package dev.kadao.codec;

import java.io.IOException;

/** Bytes have another shape than their format says. The message holds names of ours, never content. */
final class BadDocument extends IOException {
    private static final long serialVersionUID = 1L;

    BadDocument(String message) {
        super(message);
    }

    BadDocument(String message, Throwable cause) {
        super(message, cause);
    }
}
