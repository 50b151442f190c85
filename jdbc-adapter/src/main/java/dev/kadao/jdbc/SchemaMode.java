package dev.kadao.jdbc;

/** What opening does about the tables. */
public enum SchemaMode {
    /** Creates what is missing, then validates. Needs the right to create tables; safe with several starters at once. */
    MIGRATE,
    /** Only checks that the tables are there in the version this library knows. Needs no right to create tables. */
    VALIDATE,
    /** Looks at nothing. For databases whose schema is checked elsewhere. */
    NONE
}
