/** How messages between shops, suppliers and buyers' systems are signed; exported to nobody. */
@NullMarked
package dev.kadao.suppliers.signing;

import org.jspecify.annotations.NullMarked;
