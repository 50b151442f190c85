package dev.kadao.examples.acceptance;

import java.io.IOException;

/** The shop gave no answer, so the client cannot know what became of its call; it may be repeated with the same id. */
final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String call, IOException cause) {
        super(call + " got no answer: " + cause, cause);
    }
}
