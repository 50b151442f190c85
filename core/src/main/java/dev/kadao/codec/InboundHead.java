package dev.kadao.codec;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What stands before the body of a stored inbound message.
 *
 * @param whole whether query, headers and body were kept as they came; else they found no room
 */
record InboundHead(String method, String query, Map<String, List<String>> headers, Instant receivedAt, boolean whole) {}
