/**
 * HTTP exchanges and strict JSON for the adapters of this project. Open to kadao-suppliers and kadao-gateways alone, and no
 * part of what is promised to users: it may change with any release.
 */
@NullMarked
package dev.kadao.wire;

import org.jspecify.annotations.NullMarked;
