/** The shop's calls: what a request asks for, checked and typed, and who answers it. */
@NullMarked
package dev.kadao.examples.cardshop.call;

import org.jspecify.annotations.NullMarked;
