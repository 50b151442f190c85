package dev.kadao.port;

import dev.kadao.order.DispatchId;

/** A supplier that can be asked what became of a dispatch. */
public interface QueryableDispatcher extends Dispatcher {

    /** Asks by our reference. A read: may be repeated at will, executes nothing. */
    Answer query(DispatchId reference);
}
