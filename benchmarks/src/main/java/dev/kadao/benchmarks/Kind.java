package dev.kadao.benchmarks;

import java.util.List;

/** Who is measured. */
enum Kind {
    KADAO("Kadao"),
    KADAO_ALONE("Kadao, no group commit"),
    BY_HAND("one transaction an order, by hand"),
    ROOFLINE("roofline: batches by hand");

    /** Those whom each client calls by itself. */
    static final List<Kind> WITH_CLIENTS = List.of(KADAO, KADAO_ALONE, BY_HAND);

    final String title;

    Kind(String title) {
        this.title = title;
    }

    boolean isKadao() {
        return this == KADAO || this == KADAO_ALONE;
    }
}
