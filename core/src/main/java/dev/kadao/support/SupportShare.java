package dev.kadao.support;

/**
 * How much support was needed in a period: of orders whose buyers asked, by the time of the latest question.
 *
 * @param settled orders all of whose questions facts answered
 * @param handedOver orders of which a question went to a person
 * @param questions recorded questions about all of them
 */
public record SupportShare(long settled, long handedOver, long questions) {

    /** The share of orders that needed no person, 0 to 1; 1 if nobody asked. */
    public double settledShare() {
        long all = settled + handedOver;
        return all == 0 ? 1 : (double) settled / all;
    }
}
