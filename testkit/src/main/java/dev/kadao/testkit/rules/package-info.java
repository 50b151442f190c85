/**
 * The rules that every store and inventory must keep, as JUnit tests in interfaces, one interface for one subject.
 * Authors of adapters extend the contract classes in {@code dev.kadao.testkit}, which gather them.
 */
@NullMarked
package dev.kadao.testkit.rules;

import org.jspecify.annotations.NullMarked;
