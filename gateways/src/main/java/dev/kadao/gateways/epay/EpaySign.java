package dev.kadao.gateways.epay;

import dev.kadao.order.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The signature of epay's protocol: the lower-case hex MD5 of all parameters but {@code sign} and {@code sign_type} that are
 * not empty, sorted by name and written {@code a=b&c=d} without any escaping, with the key behind them. The rule of the PHP
 * library that the services hand out ({@code EpayCore.class.php}, function {@code getSign}), and of the services' own
 * documents ("MD5签名算法").
 */
final class EpaySign {
    private EpaySign() {}

    static String of(Map<String, String> parameters, Secret key) {
        String content = new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("sign")
                                && !entry.getKey().equals("sign_type")
                                && !entry.getValue().isEmpty())
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("&"));
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest((content + key.expose()).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    static boolean isSigned(SortedMap<String, String> parameters, Secret key) {
        String given = parameters.getOrDefault("sign", "");
        // Time must not tell how many characters of a guess were right.
        return MessageDigest.isEqual(
                of(parameters, key).getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
