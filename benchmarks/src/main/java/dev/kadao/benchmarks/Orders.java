package dev.kadao.benchmarks;

/** How the orders of a run are named and spread over the SKUs. */
record Orders(int count, int skus) {
    /** Of one length, so that names can be exchanged in stored rows without changing their size. */
    static String id(int order) {
        return "order%07d".formatted(order);
    }

    static String skuName(int sku) {
        return "sku-%03d".formatted(sku);
    }

    String sku(int order) {
        return skuName(order % skus);
    }

    /** Enough for all, and some more: the last keys of a SKU are not what is measured. */
    int keysOfEach() {
        return (count + skus - 1) / skus + 80;
    }
}
