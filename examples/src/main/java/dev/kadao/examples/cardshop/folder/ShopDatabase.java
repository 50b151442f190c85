package dev.kadao.examples.cardshop.folder;

/** Where the embedded database lies in the data folder. */
public final class ShopDatabase {
    private ShopDatabase() {}

    /**
     * The H2 address of the shop's database. WRITE_DELAY=0 because without it a killed process loses commits that were
     * acknowledged, and async because a thread that is interrupted within the other kinds of files closes the database
     * for all of them. No trace file, since statements may stand in it that hold what buyers wrote. All connections of one process must give the same settings.
     */
    public static String url(DataFolder folder) {
        return "jdbc:h2:async:" + folder.path().toAbsolutePath().normalize().resolve("shop")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }
}
