package dev.kadao.jdbc;

/**
 * What opening does about the tables. Whatever the mode, tables that are too new or too old for this library are refused
 * with both versions and what to do.
 *
 * <p><b>Upgrading while old processes run.</b> The tables say two things in {@code kadao_meta}: {@code schema_reached},
 * the version whose columns are there, and {@code schema_version}, the oldest version whose library may still use them. A
 * new version only adds to the tables, so it leaves the second at least one version behind: start the new library once
 * with {@link #MIGRATE} (or run {@code ddl(from)} by hand), then replace the old processes one by one; they may also be
 * restarted, or stay for good until the next version. What is no longer used is dropped one version later; that raises
 * {@code schema_version}, and a library older than that is refused. Never run three versions at once. A library is
 * refused too by tables older than itself: migrate first, then start it.
 */
public enum SchemaMode {
    /** Creates what is missing, then validates. Needs the right to create tables; safe with several starters at once. */
    MIGRATE,
    /**
     * Checks that the version, the tables, their columns and the rights are what this library needs. Changes nothing and
     * needs no right to create tables: SELECT, INSERT, UPDATE and DELETE on them suffice.
     */
    VALIDATE,
    /** Reads the version alone. For databases whose tables are checked elsewhere. */
    NONE
}
