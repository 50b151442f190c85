package dev.kadao.jdbc;

/**
 * How good the keys of a batch were.
 *
 * @param handedOver how many became a buyer's, whatever became of them since
 * @param replaced how many of these made way for others
 * @param takenBack how many of these became void without others in their place, as at a refund
 */
public record BatchQuality(ImportedBatch batch, long handedOver, long replaced, long takenBack) {

    /** The part of the keys handed over that buyers did not keep, from 0 to 1; 0 while none was handed over. */
    public double badShare() {
        return handedOver == 0 ? 0 : (double) (replaced + takenBack) / handedOver;
    }
}
