package dev.kadao.jdbc;

/**
 * How far an import is, after each of its transactions.
 *
 * @param lines read so far, blank ones included
 * @param imported new keys, now in the stock
 * @param alreadyThere lines that an earlier import of this batch had brought
 * @param duplicates lines whose key the SKU had otherwise
 * @param rejected lines that are no key
 */
public record ImportProgress(long lines, long imported, long alreadyThere, long duplicates, long rejected) {}
