/** What the gateways have in common: forms, RSA keys and checked settings. Not exported. */
@NullMarked
package dev.kadao.gateways.shared;

import org.jspecify.annotations.NullMarked;
