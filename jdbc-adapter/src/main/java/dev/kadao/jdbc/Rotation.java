package dev.kadao.jdbc;

/**
 * What a rotation did. Doing it again is safe and finds the rest.
 *
 * @param changed how many data keys were rewrapped, or keys re-encrypted
 * @param remaining how many are still as they were: wrapped meanwhile by a process under the old master key, or rows that
 *     do not open. 0 if the rotation is complete
 */
public record Rotation(long changed, long remaining) {
    /** Whether nothing is left under the old key. */
    public boolean isComplete() {
        return remaining == 0;
    }
}
