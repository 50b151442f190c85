/** The pages for buyers and for trying the demo; static files that use the HTTP calls only. */
@NullMarked
package dev.kadao.examples.cardshop.pages;

import org.jspecify.annotations.NullMarked;
