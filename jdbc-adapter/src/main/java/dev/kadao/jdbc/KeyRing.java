package dev.kadao.jdbc;

import dev.kadao.port.KeyCipher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The master keys a process knows: the one it wraps under, and those it only opens what others wrapped with. */
final class KeyRing {
    private final KeyCipher current;
    private final Map<String, KeyCipher> byId = new LinkedHashMap<>();

    KeyRing(KeyCipher current, List<KeyCipher> others) {
        this.current = current;
        byId.put(current.keyId(), current);
        others.forEach(other -> byId.putIfAbsent(other.keyId(), other));
    }

    KeyCipher current() {
        return current;
    }

    Optional<KeyCipher> of(String keyId) {
        return Optional.ofNullable(byId.get(keyId));
    }

    boolean knows(String keyId) {
        return byId.containsKey(keyId);
    }

    /** For messages: a key id is not secret. */
    String names() {
        return String.join(", ", byId.keySet());
    }
}
