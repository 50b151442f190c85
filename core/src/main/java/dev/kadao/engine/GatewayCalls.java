package dev.kadao.engine;

import dev.kadao.lifecycle.Effect;
import dev.kadao.lifecycle.Event;
import dev.kadao.order.Payment;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Refund;
import dev.kadao.port.Deadline;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.CloseAnswer;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.PaymentGateway.PaymentWord;
import dev.kadao.port.PaymentGateway.RefundAnswer;
import dev.kadao.port.PaymentGateway.RefundRequest;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls to payment gateways. */
final class GatewayCalls {
    private final Calls calls;
    private final Ports ports;
    private final Duration limit;

    GatewayCalls(Calls calls, Ports ports, Duration limit) {
        this.calls = calls;
        this.ports = ports;
        this.limit = limit;
    }

    void open(Held held, Effect.OpenPayment effect) {
        Payment payment = held.checkout().payment(effect.payment());
        OpenRequest request = new OpenRequest(payment.id(), payment.amount(), payment.deadline());
        Ports.Gateway gateway = ports.gateway(payment.gateway());
        calls.ask(
                guard(gateway),
                named(payment),
                new Calls.Question<OpenAnswer>(
                        held.id(),
                        effect,
                        limit,
                        () -> port(gateway).open(request, Deadline.in(limit)),
                        OpenAnswer.Unknown.class::isInstance,
                        OpenAnswer.Unknown::new,
                        (now, at, answer) -> Change.of(now, new Event.OpenAnswered(at, effect.payment(), answer))));
    }

    void query(Held held, Effect.QueryPayment effect) {
        query(held, effect, word -> {});
    }

    /** @param heard is told the answer before it is stored, perhaps more than once */
    void query(Held held, Effect.QueryPayment effect, Consumer<PaymentWord> heard) {
        Payment payment = held.checkout().payment(effect.payment());
        Ports.Gateway gateway = ports.gateway(payment.gateway());
        calls.ask(
                guard(gateway),
                named(payment),
                new Calls.Question<PaymentWord>(
                        held.id(),
                        effect,
                        limit,
                        reading(gateway, payment.id()),
                        PaymentWord.Unknown.class::isInstance,
                        PaymentWord.Unknown::new,
                        (now, at, word) -> {
                            heard.accept(word);
                            return Change.of(now, new Event.MoneySaid(at, effect.payment(), word, false));
                        }));
    }

    private Callable<PaymentWord> reading(Ports.@Nullable Gateway gateway, PaymentId payment) {
        Callable<PaymentWord> read = () -> port(gateway).query(payment);
        Predicate<PaymentWord> failed = PaymentWord.Unknown.class::isInstance;
        return gateway == null ? read : gateway.adapter().twice(read, limit, failed);
    }

    void close(Held held, Effect.ClosePayment effect) {
        Payment payment = held.checkout().payment(effect.payment());
        Ports.Gateway gateway = ports.gateway(payment.gateway());
        calls.ask(
                guard(gateway),
                named(payment),
                new Calls.Question<CloseAnswer>(
                        held.id(),
                        effect,
                        limit,
                        () -> port(gateway).close(payment.id()),
                        CloseAnswer.Unknown.class::isInstance,
                        CloseAnswer.Unknown::new,
                        (now, at, answer) -> Change.of(now, new Event.CloseAnswered(at, effect.payment(), answer))));
    }

    void refund(Held held, Effect.RefundMoney effect) {
        Refund refund = held.checkout().refund(effect.refund());
        Payment payment = held.checkout().payment(refund.payment().number());
        RefundRequest request = new RefundRequest(refund.id(), payment.id(), refund.tradeNumber(), refund.amount());
        Ports.Gateway gateway = ports.gateway(payment.gateway());
        calls.act(
                guard(gateway),
                named(payment),
                new Calls.Act<RefundAnswer>(
                        held.id(),
                        effect,
                        limit,
                        (now, at, started) -> Change.of(now, new Event.RefundIntended(at, effect, started)),
                        (now, deadline) -> port(gateway).refund(request, deadline),
                        RefundAnswer.Unknown.class::isInstance,
                        RefundAnswer.Unknown::new,
                        RefundAnswer.Unknown::new,
                        (now, at, answer) ->
                                Change.of(now, new Event.RefundSaid(at, effect.refund(), effect.send(), answer))));
    }

    void queryRefund(Held held, Effect.QueryRefund effect) {
        queryRefund(held, effect, answer -> {});
    }

    /** @param heard is told the answer before it is stored, perhaps more than once */
    void queryRefund(Held held, Effect.QueryRefund effect, Consumer<RefundAnswer> heard) {
        Refund refund = held.checkout().refund(effect.refund());
        Payment payment = held.checkout().payment(refund.payment().number());
        Ports.Gateway gateway = ports.gateway(payment.gateway());
        Callable<RefundAnswer> read = () -> port(gateway).queryRefund(refund.id(), payment.id());
        Predicate<RefundAnswer> failed = RefundAnswer.Unknown.class::isInstance;
        calls.ask(
                guard(gateway),
                named(payment),
                new Calls.Question<>(
                        held.id(),
                        effect,
                        limit,
                        gateway == null ? read : gateway.adapter().twice(read, limit, failed),
                        failed,
                        RefundAnswer.Unknown::new,
                        (now, at, answer) -> {
                            heard.accept(answer);
                            return Change.of(now, new Event.RefundSaid(at, effect.refund(), 0, answer));
                        }));
    }

    private static String named(Payment payment) {
        return "gateway '" + payment.gateway() + "'";
    }

    private static @Nullable Adapter guard(Ports.@Nullable Gateway gateway) {
        return gateway == null ? null : gateway.adapter();
    }

    private static PaymentGateway port(Ports.@Nullable Gateway gateway) {
        if (gateway == null) {
            throw new IllegalStateException("a retired gateway is never called");
        }
        return gateway.port();
    }
}
