package dev.kadao.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.port.StepResult;
import dev.kadao.testkit.rules.StepDraft;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop whose database user may write rows and nothing else, and what it reads where even that fails. */
abstract class ServerRightsRules {
    private DataSource owner;
    private DataSource clerk;

    /** The owner's data source on an empty database. */
    abstract DataSource owner();

    /** Makes a user that may do nothing in the owner's database yet but connect, and its data source. */
    abstract DataSource clerk(DataSource database);

    /** Grants the user rights on a table. */
    abstract void grant(DataSource database, String rights, String table);

    /** A data source whose user or password is wrong. */
    abstract DataSource impostor(DataSource database);

    @BeforeEach
    void open() {
        owner = owner();
        clerk = clerk(owner);
    }

    private void grantAllBut(String right, String table) {
        for (TableShape shape : TableShape.all()) {
            String all = "SELECT, INSERT, UPDATE, DELETE";
            grant(
                    owner,
                    shape.table().equals(table)
                            ? all.replaceAll(right + "(, )?", "").replaceAll(", $", "")
                            : all,
                    shape.table());
        }
    }

    @Test
    void validating_and_working_need_no_right_to_create_tables() {
        JdbcCheckoutStore.over(owner).open();
        grantAllBut("nothing", "none");

        JdbcCheckoutStore store =
                JdbcCheckoutStore.over(clerk).schema(SchemaMode.VALIDATE).open();
        JdbcKeyInventory inventory = JdbcKeyInventory.over(clerk, TestDatabases.cipher())
                .schema(SchemaMode.VALIDATE)
                .open();

        assertThat(store.commit(List.of(StepDraft.insert("cart1").plain())))
                .singleElement()
                .isInstanceOf(StepResult.Done.class);
        assertThat(inventory.importKeys("a", TestDatabases.text("k1"), "b", "s").imported())
                .isEqualTo(1);
        assertThat(JdbcCheckoutStore.over(clerk).open())
                .as("where nothing is to be made, MIGRATE needs no more rights")
                .isNotNull();
    }

    @Test
    void a_missing_right_is_found_at_the_start_and_named() {
        JdbcCheckoutStore.over(owner).open();
        grantAllBut("DELETE", "kadao_free_key");

        assertThatThrownBy(() -> JdbcCheckoutStore.over(clerk)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("lacks a right")
                .hasMessageContaining("kadao_free_key");
    }

    @Test
    void who_may_not_create_tables_is_told_to_have_them_created() {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(clerk).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("lacks a right")
                .hasMessageContaining("ddl()");
    }

    @Test
    void a_wrong_login_is_called_that() {
        assertThatThrownBy(() -> JdbcCheckoutStore.over(impostor(owner)).open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("refuses the user or the password")
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void missing_tables_and_columns_and_narrow_ones_are_named() {
        JdbcCheckoutStore.over(owner).open();
        for (String change : List.of(
                "ALTER TABLE kadao_notice DROP COLUMN raw",
                narrow("kadao_notice", "reference", "VARCHAR(40)"),
                narrow("kadao_notice", "received_at", "INTEGER"))) {
            TestDatabases.execute(owner, change);
        }

        assertThatThrownBy(() -> JdbcCheckoutStore.over(owner)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("kadao_notice lacks the column raw")
                .hasMessageContaining("kadao_notice.reference is too narrow")
                .hasMessageContaining("(40) where 64 are needed")
                .hasMessageContaining("kadao_notice.received_at is a ");

        TestDatabases.execute(owner, "DROP TABLE kadao_notice");
        assertThatThrownBy(() -> JdbcCheckoutStore.over(owner)
                        .schema(SchemaMode.VALIDATE)
                        .open())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("table kadao_notice is missing");
    }

    /** The statement that makes a column of another type. */
    abstract String narrow(String table, String column, String type);
}
