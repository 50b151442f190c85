package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailureTest {

    @ParameterizedTest(name = "{0} {1}: {3}")
    @CsvSource({
        "H2,         40001, 90131, ROLLED_BACK",
        "H2,         HYT00, 50200, LOCK_WAIT",
        "H2,         23505, 23505, DUPLICATE",
        "H2,         90098, 90098, CONNECTION",
        "PostgreSQL, 40001, 0,     ROLLED_BACK",
        "PostgreSQL, 40P01, 0,     ROLLED_BACK",
        "PostgreSQL, 55P03, 0,     LOCK_WAIT",
        "PostgreSQL, 23505, 0,     DUPLICATE",
        "PostgreSQL, 23502, 0,     OTHER",
        "PostgreSQL, 57P01, 0,     CONNECTION",
        "PostgreSQL, 57P02, 0,     CONNECTION",
        "PostgreSQL, 57P03, 0,     CONNECTION",
        "PostgreSQL, 08006, 0,     CONNECTION",
        "PostgreSQL, 53300, 0,     CONNECTION",
        "PostgreSQL, 25006, 0,     CONNECTION",
        "PostgreSQL, 42501, 0,     OTHER",
        "PostgreSQL, 53100, 0,     OTHER",
        "MariaDB,    40001, 1213,  ROLLED_BACK",
        "MariaDB,    HY000, 1020,  ROLLED_BACK",
        "MariaDB,    HY000, 1205,  LOCK_WAIT",
        "MySQL,      40001, 1205,  LOCK_WAIT",
        "MySQL,      HY000, 3572,  LOCK_WAIT",
        "MariaDB,    23000, 1062,  DUPLICATE",
        "MariaDB,    23000, 1048,  OTHER",
        "MariaDB,    08004, 1040,  CONNECTION",
        "MariaDB,    70100, 1927,  CONNECTION",
        "MySQL,      HY000, 2006,  CONNECTION",
        "MySQL,      HY000, 2013,  CONNECTION",
        "MariaDB,    HY000, 1290,  CONNECTION",
        "MySQL,      HY000, 1836,  CONNECTION",
        "MariaDB,    42000, 1142,  OTHER"
    })
    void each_failure_is_of_the_kind_that_says_what_to_do(
            String database, String state, int code, SqlFailure expected) {
        assertThat(SqlFailure.of(new SQLException(database, state, code))).isEqualTo(expected);
    }

    @Test
    void a_pool_without_a_connection_is_known_by_its_exception() {
        assertThat(SqlFailure.of(new SQLTransientConnectionException("pool exhausted")))
                .isEqualTo(SqlFailure.CONNECTION);
        assertThat(SqlFailure.of(new SQLNonTransientConnectionException("gone")))
                .isEqualTo(SqlFailure.CONNECTION);
        assertThat(SqlFailure.of(new SQLException("no state"))).isEqualTo(SqlFailure.OTHER);
    }
}
