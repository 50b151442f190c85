package dev.kadao.order;

import org.jspecify.annotations.Nullable;

/**
 * Stored bytes cannot be read by this version of Kadao: they have a format or hold a name that it does not know, or they
 * are damaged. Trying again does not help; a newer version does if the format is newer than {@link #newestKnown()}.
 * Shows no content, since that may be personal.
 */
public final class UnreadableDocumentException extends KadaoException {
    private static final long serialVersionUID = 1L;
    private final int formatFound;
    private final int oldestKnown;
    private final int newestKnown;

    public UnreadableDocumentException(
            String message, int formatFound, int oldestKnown, int newestKnown, @Nullable Throwable cause) {
        super(message, cause);
        this.formatFound = formatFound;
        this.oldestKnown = oldestKnown;
        this.newestKnown = newestKnown;
    }

    /** The format that the bytes say they have; 0 if they say none. */
    public int formatFound() {
        return formatFound;
    }

    /** The oldest format that this version can read. */
    public int oldestKnown() {
        return oldestKnown;
    }

    /** The newest format that this version can read, which is the one it writes. */
    public int newestKnown() {
        return newestKnown;
    }
}
