package dev.kadao.examples.cardshop.config;

import dev.kadao.order.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the gateways. One that is begun needs what its notices are verified with; what its calls need may be missing. */
final class GatewayReader {
    private final Settings settings;
    private final List<String> notes;

    /** @param notes gets what the operator should know */
    GatewayReader(Settings settings, List<String> notes) {
        this.settings = settings;
        this.notes = notes;
    }

    Gateways read() {
        return new Gateways(alipay(), weChatPay(), stripe(), epay());
    }

    private Optional<Gateways.Alipay> alipay() {
        Part part = new Part("alipay", List.of("app-id", "seller-id", "public-key"), List.of("private-key"));
        if (!part.isThere()) {
            return Optional.empty();
        }
        Optional<Secret> privateKey = part.canCall() ? Optional.of(part.secret("private-key")) : Optional.empty();
        return Optional.of(new Gateways.Alipay(
                part.text("app-id"), part.text("seller-id"), part.text("public-key"), privateKey, part.endpoint()));
    }

    private Optional<Gateways.WeChatPay> weChatPay() {
        Part part = new Part(
                "wechatpay",
                List.of("mch-id", "app-id", "api-v3-key", "platform-serial", "platform-public-key"),
                List.of("merchant-serial", "private-key"));
        if (!part.isThere()) {
            return Optional.empty();
        }
        Optional<Gateways.WeChatPayCaller> caller = part.canCall()
                ? Optional.of(new Gateways.WeChatPayCaller(part.text("merchant-serial"), part.secret("private-key")))
                : Optional.empty();
        return Optional.of(new Gateways.WeChatPay(
                part.text("mch-id"),
                part.text("app-id"),
                part.secret("api-v3-key"),
                part.text("platform-serial"),
                part.text("platform-public-key"),
                caller,
                part.endpoint()));
    }

    private Optional<Gateways.Stripe> stripe() {
        Part part = new Part("stripe", List.of("signing-secret"), List.of("api-key"));
        if (!part.isThere()) {
            return Optional.empty();
        }
        Optional<Secret> apiKey = part.canCall() ? Optional.of(part.secret("api-key")) : Optional.empty();
        return Optional.of(new Gateways.Stripe(part.secret("signing-secret"), apiKey, part.endpoint()));
    }

    /** Its notices count only once a query has confirmed them, so it needs everything. */
    private Optional<Gateways.Epay> epay() {
        Part part = new Part("epay", List.of("pid", "key", "endpoint"), List.of());
        return part.isThere()
                ? Optional.of(new Gateways.Epay(
                        part.text("pid"), part.secret("key"), part.endpoint().orElse(URI.create("http://localhost"))))
                : Optional.empty();
    }

    /** The properties of one gateway; what it needs and the file lacks is a problem, named once. */
    private final class Part {
        private final String at;
        private final List<String> forNotices;
        private final List<String> forCalls;

        Part(String gateway, List<String> forNotices, List<String> forCalls) {
            this.at = "gateway." + gateway + ".";
            this.forNotices = forNotices;
            this.forCalls = forCalls;
        }

        private boolean lacks(String name) {
            return settings.text(at + name).isEmpty();
        }

        boolean isThere() {
            boolean begun = Stream.of(forNotices, forCalls, List.of("endpoint"))
                    .flatMap(List::stream)
                    .anyMatch(name -> !lacks(name));
            if (begun) {
                forNotices.stream()
                        .filter(this::lacks)
                        .forEach(name -> settings.problem(
                                at + name + " is missing; this gateway needs " + String.join(", ", forNotices) + "."));
            }
            return begun;
        }

        boolean canCall() {
            List<String> missing = forCalls.stream().filter(this::lacks).toList();
            if (!missing.isEmpty()) {
                notes.add(at + String.join(" and " + at, missing) + " is not set: notices of that gateway count, but"
                        + " payments there cannot be opened, asked about, closed or refunded by the shop");
            }
            return missing.isEmpty();
        }

        String text(String name) {
            return settings.text(at + name).orElse("");
        }

        Secret secret(String name) {
            return Secret.of(text(name));
        }

        Optional<URI> endpoint() {
            return settings.endpoint(at + "endpoint");
        }
    }
}
