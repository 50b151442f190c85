package dev.kadao;

import dev.kadao.engine.Reads;
import dev.kadao.engine.RiskGuard;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Guarantee;
import dev.kadao.order.SupplierTerms;
import dev.kadao.port.CheckoutStore;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.NoticeReply;
import dev.kadao.port.PaymentGateway;
import dev.kadao.port.PaymentGateway.NoticeReading;
import dev.kadao.port.QueryableDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a shop as configured, each with what it would cost and what to do. */
final class BuildCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BuildCheck.class);

    private static final int SHORTEST_DIGEST_KEY = 16;

    private final FulfillmentBuilder builder;
    private final List<String> problems = new ArrayList<>();

    private BuildCheck(FulfillmentBuilder builder) {
        this.builder = builder;
    }

    static List<String> problems(FulfillmentBuilder builder) {
        BuildCheck check = new BuildCheck(builder);
        check.checkRequired();
        check.checkNames();
        check.checkCompensation();
        builder.gateways.forEach(check::checkGateway);
        builder.gateways.forEach(check::checkNotices);
        builder.suppliers.forEach(check::checkSupplier);
        SupplierNoticeCheck.addTo(check.problems, builder.suppliers);
        check.checkRisk();
        CheckoutStore store = builder.store;
        if (store != null) {
            check.checkInUse("gateway", Reads.gatewaysInUse(store), builder.gateways.keySet());
            check.checkInUse("supplier", Reads.suppliersInUse(store), builder.suppliers.keySet());
        }
        return check.problems;
    }

    private void checkRequired() {
        if (builder.store == null) {
            problems.add("there is no store: no order could be kept. Call store(..).");
        }
        if (builder.router == null) {
            problems.add("there is no router: nobody would know how the goods of a SKU come to the buyer. "
                    + "Call router(..).");
        }
    }

    private void checkCompensation() {
        if (builder.compensation.needCompensator() && builder.compensator == null) {
            problems.add(
                    "there are rules of compensation with credits or coupons and no compensator: nobody would grant them,"
                            + " and each would end as a case. Call compensator(..), or give shares of the price only.");
        }
    }

    private void checkRisk() {
        RiskGuard.Counted counted = builder.countedRisk;
        if (counted != null && counted.digestKey().expose().length() < SHORTEST_DIGEST_KEY) {
            problems.add("the digest key of the risk rules has "
                    + counted.digestKey().expose().length() + " characters: whoever reads the counters would find it,"
                    + " and with it every buyer's address. Use " + SHORTEST_DIGEST_KEY + " or more.");
        }
    }

    private void checkNames() {
        builder.namedTwice.forEach(name -> problems.add(
                name + " is named twice: the first one would be lost. Give each account a name of its own."));
        Set<String> names = new TreeSet<>(builder.gateways.keySet());
        names.addAll(builder.suppliers.keySet());
        names.addAll(builder.retired);
        for (String name : names) {
            if (!name.matches("[a-z0-9._-]{1,32}")) {
                problems.add("the name '" + name + "' is not 1 to 32 of a-z 0-9 . _ -: it is stored with every order. "
                        + "Choose another one.");
            }
        }
        for (String name : builder.retired) {
            if (builder.gateways.containsKey(name) || builder.suppliers.containsKey(name)) {
                problems.add(
                        "'" + name
                                + "' is configured and declared retired, so nobody could tell whether to call it. Drop one of the two.");
            }
        }
    }

    private void checkGateway(String name, PaymentGateway gateway) {
        try {
            if (gateway.traits() == null || gateway.traits().terms() == null) {
                problems.add("gateway '" + name + "' declares no traits: nobody would know whether its notices are "
                        + "enough. Answer them from traits().");
            }
        } catch (RuntimeException e) {
            problems.add("gateway '" + name + "' fails to declare its traits ("
                    + e.getClass().getName()
                    + "): nothing could be opened there. Answer them from traits() without calling anybody.");
        }
    }

    /** Sends the gateway's own reader what a stranger might send: nobody but the gateway may be believed. */
    private void checkNotices(String name, PaymentGateway gateway) {
        boolean warned = false;
        for (ForgedSamples.Sample sample : ForgedSamples.at(Instant.now())) {
            NoticeReading reading;
            try {
                reading = Objects.requireNonNull(gateway.read(sample.notice()), "read(..) answered null");
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                // Not a reason to stop the shop: what throws in service is neither believed nor acknowledged.
                // One that fails over an empty body may yet believe the next sample.
                if (!warned) {
                    warned = true;
                    LOG.warn(
                            "gateway '{}' threw {} while reading a forged notice ({}): such notices are answered with 500 and"
                                    + " do no harm, but the adapter should answer Forged",
                            name,
                            e.getClass().getName(),
                            sample.name());
                }
                continue;
            }
            String problem = accepted(name, sample, reading);
            if (problem != null) {
                problems.add(problem);
                return;
            }
        }
    }

    private static @Nullable String accepted(String name, ForgedSamples.Sample sample, NoticeReading reading) {
        if (reading instanceof NoticeReading.Genuine) {
            return "gateway '" + name + "' believes a forged notice (" + sample.name()
                    + "): anybody who finds the route could say that a payment was paid. Verify the signature over the"
                    + " raw bytes in read(..) before anything else and answer Forged; if the adapter does, look whether"
                    + " its key is empty.";
        }
        NoticeReply reply = reading instanceof NoticeReading.Forged forged
                ? forged.reply()
                : reading instanceof NoticeReading.Irrelevant irrelevant ? irrelevant.reply() : null;
        if (reply != null && reply.status() >= 200 && reply.status() < 300) {
            return "gateway '" + name + "' answers a forged notice (" + sample.name() + ") with the status "
                    + reply.status()
                    + ": a genuine one that it cannot verify, for example after a change of keys, would"
                    + " count as taken and never be sent again. Answer it with 401, or 400 if it is unreadable.";
        }
        return null;
    }

    private void checkSupplier(String name, Dispatcher supplier) {
        SupplierTerms terms;
        try {
            terms = supplier.terms();
        } catch (RuntimeException e) {
            problems.add("supplier '" + name + "' fails to declare its terms ("
                    + e.getClass().getName()
                    + "): nothing could be sent to it. Answer them from terms() without calling anybody.");
            return;
        }
        if (terms == null) {
            problems.add("supplier '" + name + "' declares no terms: nobody would know what may follow a lost reply. "
                    + "Answer them from terms().");
            return;
        }
        if (terms.callLimit().isZero() || terms.callLimit().isNegative()) {
            problems.add("supplier '" + name + "' has the call limit " + terms.callLimit()
                    + ": every call would count as unknown. Give it time to answer, such as PT3S.");
        }
        Duration byPeople = terms.byPeopleWithin();
        if (byPeople != null
                && (byPeople.compareTo(Duration.ZERO) <= 0 || byPeople.compareTo(terms.processing()) >= 0)) {
            problems.add(
                    "supplier '" + name + "' gives its people " + byPeople + " to hand over and parks an order after "
                            + terms.processing()
                            + ": their case could never come due in time. Give them more than zero and less"
                            + " than that.");
        }
        checkAsking(name, supplier, terms);
    }

    private void checkAsking(String name, Dispatcher supplier, SupplierTerms terms) {
        Guarantee.Asking asking = terms.guarantee().howToAsk();
        if (asking == null) {
            return;
        }
        if (!(supplier instanceof QueryableDispatcher)) {
            problems.add("supplier '" + name + "' declares "
                    + terms.guarantee().getClass().getSimpleName()
                    + " with questions but cannot be queried: a lost reply could never be settled. Implement query(..)"
                    + " of QueryableDispatcher, or declare AtMostOnce.");
        }
        if (asking.settle().compareTo(terms.callLimit()) < 0) {
            problems.add("supplier '" + name + "' has settle " + asking.settle() + " below its call limit "
                    + terms.callLimit() + ": \"not found\" could be believed while the request is still on its way, and"
                    + " the goods sent twice. Raise settle to at least the call limit.");
        }
    }

    private void checkInUse(String kind, Map<String, List<CheckoutId>> used, Set<String> configured) {
        used.forEach((name, checkouts) -> {
            if (!configured.contains(name) && !builder.retired.contains(name)) {
                problems.add("open checkouts such as " + checkouts + " name the " + kind + " '" + name
                        + "', which is not configured: their money or goods could not be followed up. Configure it, or"
                        + " declare it with retired(\"" + name + "\") so that they end with a person.");
            }
        });
    }
}
