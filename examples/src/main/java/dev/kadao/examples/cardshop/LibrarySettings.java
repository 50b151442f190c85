package dev.kadao.examples.cardshop;

import dev.kadao.FulfillmentBuilder;
import dev.kadao.examples.cardshop.config.ShopConfig;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.order.Terms;
import dev.kadao.policy.BackOff;
import dev.kadao.policy.DisputeSettings;
import dev.kadao.policy.EngineSettings;
import dev.kadao.policy.PaymentSettings;
import dev.kadao.policy.Sla;
import dev.kadao.policy.StockSettings;
import dev.kadao.port.Dispatcher;
import dev.kadao.suppliers.HttpSupplier;
import dev.kadao.suppliers.notify.WebhookAlerts;
import java.time.Duration;

/** The shop's settings in the library's words. */
final class LibrarySettings {
    private static final Duration SEND_WINDOW = Duration.ofSeconds(4);
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Duration ALERT_LIMIT = Duration.ofSeconds(5);

    private LibrarySettings() {}

    static void apply(ShopConfig config, FulfillmentBuilder builder) {
        ShopConfig.Payments payments = config.payments();
        builder.payment(new PaymentSettings(
                        payments.deadline(), payments.query(), payments.closeGrace(), late(payments.late())))
                .stock(new StockSettings(
                        config.stock().longestWait(), over(config.stock().waitOver())))
                .backOff(new BackOff(config.retry().first(), config.retry().max()))
                .sla(new Sla(
                        config.sla().late(),
                        config.sla().redispatch(),
                        config.sla().escalate()))
                .dispute(new DisputeSettings(config.disputeWindow()))
                .handling(config.care().handling())
                .overdue(config.care().overdue())
                .compensation(config.care().compensation())
                .alertSettings(config.care().alerts())
                .engine(EngineSettings.defaults()
                        .withWatchdogInterval(config.engine().watchdogInterval())
                        .withClaimLease(config.engine().claimLease())
                        // What a killed process may just have sent is asked about after these and the call's limit.
                        .withSendWindow(SEND_WINDOW, MARGIN));
        config.care().webhook().ifPresent(to -> builder.alerts(WebhookAlerts.to(to, ALERT_LIMIT)));
        config.suppliers().forEach((name, supplier) -> builder.supplier(name, supplier(supplier)));
    }

    private static Terms.LatePayment late(ShopConfig.LatePayment late) {
        return switch (late) {
            case DELIVER -> Terms.LatePayment.DELIVER;
            case REFUND -> Terms.LatePayment.REFUND;
        };
    }

    private static Terms.WaitOver over(ShopConfig.WaitOver over) {
        return switch (over) {
            case REFUND -> Terms.WaitOver.REFUND;
            case PARK -> Terms.WaitOver.PARK;
        };
    }

    private static Dispatcher supplier(ShopConfig.Supplier supplier) {
        SupplierTerms terms = new SupplierTerms(guarantee(supplier), supplier.timeout(), supplier.processing());
        return HttpSupplier.at(supplier.endpoint().toString(), supplier.secret(), terms)
                .build();
    }

    private static Guarantee guarantee(ShopConfig.Supplier supplier) {
        Guarantee.Asking asking = new Guarantee.Asking(
                supplier.settle(),
                supplier.notFoundIsFinal(),
                supplier.query(),
                supplier.patience(),
                supplier.horizon());
        return switch (supplier.guarantee()) {
            // The protocol lets every supplier be asked; one that promises idempotence is asked after its key lifetime.
            case IDEMPOTENT -> new Guarantee.Idempotent(supplier.keyLifetime(), asking);
            case QUERYABLE -> new Guarantee.Queryable(asking);
            case AT_MOST_ONCE -> new Guarantee.AtMostOnce();
        };
    }
}
