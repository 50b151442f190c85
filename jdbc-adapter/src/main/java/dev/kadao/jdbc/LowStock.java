package dev.kadao.jdbc;

/**
 * A SKU that has fewer free keys than it should.
 *
 * @param free how many it has, expired ones not counted
 * @param threshold how many it should have at least
 */
public record LowStock(String sku, long free, long threshold) {}
