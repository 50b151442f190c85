package dev.kadao.jdbc;

import java.util.List;

/**
 * One version of the tables. A new one is added at the end of {@link #ALL}, its statements to each dialect's full tables
 * and to its step of that number. The rules that keep a version and the one before it side by side:
 *
 * <ul>
 *   <li>A step only adds: tables, indexes, and columns that are nullable or have a default, so that a library of the
 *       version before goes on writing correctly. It may be run twice.
 *   <li>What a version no longer uses is dropped by the version after it at the earliest, whose {@link #oldestUser} then
 *       is the first that did without. Until then it stays.
 * </ul>
 *
 * @param oldestUser the oldest version whose library may still use tables of this one
 * @param brings what it adds, for people who read the printed statements
 */
record SchemaVersion(int number, int oldestUser, String brings) {
    static final List<SchemaVersion> ALL = List.of(
            new SchemaVersion(1, 1, "the first tables"),
            new SchemaVersion(
                    2,
                    1,
                    "kadao_checkout.final_at, when a checkout became quiet; batches of keys that can be continued, expire,"
                            + " be withdrawn and re-encrypted"),
            new SchemaVersion(3, 1, "kadao_risk_guard and kadao_risk_ticket, by which the risk rules count"));

    static final SchemaVersion CURRENT = ALL.get(ALL.size() - 1);

    /** The versions after this number, in the order in which their steps are run. */
    static List<SchemaVersion> after(int number) {
        return ALL.stream().filter(version -> version.number > number).toList();
    }
}
