package dev.kadao.examples.cardshop.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how the keys of a SKU are reserved: {@code sku.NAME.reserve}, {@code reserve-cap} and {@code reserve-missed}. */
final class ReservingReader {
    private static final int USUAL_CAP = 10;
    private static final int MOST = 100_000;

    private final Settings settings;
    private final String at;
    private final ShopConfig.Kind kind;
    private final List<String> notes;

    ReservingReader(Settings settings, String at, ShopConfig.Kind kind, List<String> notes) {
        this.settings = settings;
        this.at = at;
        this.kind = kind;
        this.notes = notes;
    }

    Optional<ShopConfig.Reserving> read() {
        boolean atPlacing = settings.oneOf(at + "reserve", false, Map.of("payment", false, "placing", true));
        int cap = settings.whole(at + "reserve-cap", USUAL_CAP, 1, MOST);
        boolean orRefuse = settings.oneOf(at + "reserve-missed", false, Map.of("place", false, "refuse", true));
        if (!atPlacing) {
            noteWhatIsLost("reserve-cap");
            noteWhatIsLost("reserve-missed");
            return Optional.empty();
        }
        if (kind != ShopConfig.Kind.KEYS) {
            settings.problem(at + "reserve is placing, but kind " + kind.text()
                    + " has no stock to reserve from; remove it or set " + at + "kind to keys.");
        }
        return Optional.of(new ShopConfig.Reserving(cap, orRefuse));
    }

    private void noteWhatIsLost(String property) {
        if (settings.text(at + property).isPresent()) {
            notes.add(at + property + " has no effect: " + at + "reserve is not placing");
        }
    }
}
