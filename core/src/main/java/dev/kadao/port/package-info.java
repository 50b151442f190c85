/**
 * The edges: what a shop plugs in (gateway, key inventory, dispatcher, store, router, notifier) and the sealed answers
 * these give. What an implementation throws counts as <em>unknown</em>: it is mapped, logged once and counted.
 */
@NullMarked
package dev.kadao.port;

import org.jspecify.annotations.NullMarked;
