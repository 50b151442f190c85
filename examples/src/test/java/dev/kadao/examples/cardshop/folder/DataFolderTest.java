package dev.kadao.examples.cardshop.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kadao.order.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temp;

    @Test
    void a_folder_is_made_and_locked_for_one() throws Exception {
        Path path = temp.resolve("a/b");
        try (DataFolder folder = DataFolder.lock(path)) {
            assertThat(folder.path()).isDirectory();
            assertThatThrownBy(() -> DataFolder.lock(path))
                    .isInstanceOf(DataFolder.NotUsable.class)
                    .hasMessage("The data folder " + path + " is in use by another card shop process; stop that one or"
                            + " name another folder with --data.");
        }
        DataFolder.lock(path).close();
    }

    @Test
    void a_file_in_its_place_is_named() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> DataFolder.lock(file))
                .isInstanceOf(DataFolder.NotUsable.class)
                .hasMessageContaining("The data folder " + file + " cannot be made");
    }

    @Test
    void the_master_key_is_made_once_and_only_its_owner_may_read_it() throws Exception {
        try (DataFolder folder = DataFolder.lock(temp)) {
            Secret key = MasterKey.of(folder.path());
            assertThat(Base64.getDecoder().decode(key.expose())).hasSize(32);
            assertThat(MasterKey.of(folder.path())).isEqualTo(key);
            Path file = temp.resolve("master.key");
            assumeThat(Files.getFileStore(file).supportsFileAttributeView("posix"))
                    .isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_half_written_master_key_is_not_taken_and_a_broken_one_is_named_without_showing_it() throws Exception {
        try (DataFolder folder = DataFolder.lock(temp)) {
            Files.writeString(temp.resolve("master.key.new"), "half");
            assertThat(MasterKey.of(folder.path()).expose()).hasSize(44);
            Files.writeString(temp.resolve("master.key"), "c2hvcnQ=");
            assertThatThrownBy(() -> MasterKey.of(folder.path()))
                    .isInstanceOf(DataFolder.NotUsable.class)
                    .hasMessageContaining(temp.resolve("master.key").toString())
                    .hasMessageNotContaining("c2hvcnQ=");
        }
    }
}
