package dev.kadao.testkit;

import dev.kadao.testkit.rules.UnpaidRules;

/**
 * What every key inventory must do that can also reserve for orders which are not paid yet. Extend it instead of
 * {@link KeyInventoryContract}, whose rules it has too.
 */
public abstract class ReservingInventoryContract extends KeyInventoryContract implements UnpaidRules {

    /** For subclasses; JUnit makes one instance for each test. */
    protected ReservingInventoryContract() {}
}
