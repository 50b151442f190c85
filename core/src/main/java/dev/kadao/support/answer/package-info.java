/** How answers come about: what to do about a question in a state, and the words for it. For the front door alone. */
@NullMarked
package dev.kadao.support.answer;

import org.jspecify.annotations.NullMarked;
