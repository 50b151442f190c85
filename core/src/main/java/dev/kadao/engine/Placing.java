package dev.kadao.engine;

import dev.kadao.codec.Codec;
import dev.kadao.lifecycle.Event;
import dev.kadao.lifecycle.Lifecycle;
import dev.kadao.order.Bytes;
import dev.kadao.order.Checkout;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.Commitment;
import dev.kadao.order.Entry;
import dev.kadao.order.Money;
import dev.kadao.order.Order;
import dev.kadao.order.PayWith;
import dev.kadao.order.PaymentId;
import dev.kadao.order.Personal;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.order.Snapshot;
import dev.kadao.order.Terms;
import dev.kadao.policy.EngineSettings;
import dev.kadao.port.Deadline;
import dev.kadao.port.JoinedCommit;
import dev.kadao.port.PaymentGateway.OpenAnswer;
import dev.kadao.port.PaymentGateway.OpenRequest;
import dev.kadao.port.ReservingInventory.UnpaidAnswer;
import dev.kadao.port.Step.StockAnswer;
import dev.kadao.port.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places checkouts: one insert, whose id is the idempotency key; a repetition is compared with what stands. */
final class Placing {
    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);
    /** Half of what a document may take: the other half is for what happens to it. */
    private static final int MOST_BYTES = Codec.MOST_BYTES / 2;

    private static final int SALT_BYTES = 16;

    private final Steps steps;
    private final Ports ports;
    private final Terms terms;
    private final Ids ids;
    private final Clockwork clockwork;
    private final Flights flights;
    private final EngineSettings settings;
    private final boolean asksOncePaid;

    Placing(
            Steps steps,
            Ports ports,
            Terms terms,
            Ids ids,
            Clockwork clockwork,
            Flights flights,
            EngineSettings settings,
            boolean asksOncePaid) {
        this.steps = steps;
        this.ports = ports;
        this.terms = terms;
        this.ids = ids;
        this.clockwork = clockwork;
        this.flights = flights;
        this.settings = settings;
        this.asksOncePaid = asksOncePaid;
    }

    /** What stands under the id, compared with the request; empty if nothing does. */
    Optional<Placement.Result> repeated(Placement request) {
        CheckoutId id = request.id();
        if (id == null) {
            return Optional.empty();
        }
        try {
            Held held = steps.read(id);
            return held == null ? Optional.empty() : Optional.of(compared(held, request));
        } catch (StoreException e) {
            return Optional.of(busy(id, "the store failed"));
        }
    }

    /** A placing that fits: what is to be written, and the token to be told if it was generated. */
    record Prepared(
            Event.Placed event, Change change, @Nullable Secret generatedToken) {
        CheckoutId id() {
            return event.id();
        }
    }

    /** Whether it would not fit, whatever else is said of it. */
    Optional<Placement.Result> tooLarge(Placement request) {
        return Optional.ofNullable(tooLarge(prepared(request, null, false)));
    }

    Placement.Result place(Placement request, @Nullable String riskHold) {
        Prepared prepared = prepared(request, riskHold, true);
        CheckoutId id = prepared.id();
        Placement.Result tooLarge = tooLarge(prepared);
        if (tooLarge != null) {
            return tooLarge;
        }
        StepEnd end = steps.place(prepared.event(), prepared.change());
        if (end instanceof StepEnd.Written written) {
            return new Placement.Result.Placed(written.held().snapshot(steps.now()), prepared.generatedToken());
        }
        if (end instanceof StepEnd.Unchanged known) {
            return compared(known.held(), request);
        }
        if (end instanceof StepEnd.NotServed lacking) {
            return notServed(id, lacking.answer());
        }
        return busy(id, ((StepEnd.Failed) end).reason());
    }

    /** Nothing is written: the same id may be placed again, once there are keys. */
    private static Placement.Result notServed(CheckoutId id, StockAnswer answer) {
        if (!(answer instanceof StockAnswer.ForUnpaid unpaid)) {
            return new Placement.Result.Busy("checkout " + id
                    + " is not placed, for the key stock could not be asked in time. Place it again with the same id");
        }
        return new Placement.Result.NoneToReserve(
                unpaid.answer() instanceof UnpaidAnswer.CapReached
                        ? "too many keys are reserved for orders that are not paid yet: place it again when some of"
                                + " these have lapsed"
                        : "sold out: there are not enough keys now. Order fewer, or place it again when there are more");
    }

    /**
     * Writes it into a transaction of the caller. Nothing is carried in memory, claimed or called: until that transaction
     * commits the checkout does not exist, and afterwards it is found by its due time like any other.
     */
    Placement.Result placeWithin(Placement request, @Nullable String riskHold, JoinedCommit joined) {
        Prepared prepared = prepared(request, riskHold, false);
        Placement.Result tooLarge = tooLarge(prepared);
        if (tooLarge != null) {
            return tooLarge;
        }
        Held written = steps.placeWithin(joined, prepared.event(), prepared.change());
        if (written != null) {
            return new Placement.Result.Placed(written.snapshot(steps.now()), prepared.generatedToken());
        }
        return known(prepared.id(), request, joined)
                .orElseGet(() -> new Placement.Result.Busy("checkout " + prepared.id()
                        + " is being placed by somebody else: roll back and place it again with the same id"));
    }

    /** As {@link #repeated}, in the eyes of the caller's transaction. */
    Optional<Placement.Result> repeatedWithin(Placement request, JoinedCommit joined) {
        CheckoutId id = request.id();
        return id == null ? Optional.empty() : known(id, request, joined);
    }

    /** A transaction that reads one moment throughout may not see who was first: then what is committed counts. */
    private Optional<Placement.Result> known(CheckoutId id, Placement request, JoinedCommit joined) {
        Held held = steps.readWithin(joined, id);
        if (held == null) {
            held = steps.read(id);
        }
        return held == null ? Optional.empty() : Optional.of(compared(held, request));
    }

    private Prepared prepared(Placement request, @Nullable String riskHold, boolean opens) {
        CheckoutId id = request.id() == null ? ids.checkout() : request.id();
        Secret given = request.givenToken();
        Secret token = given == null ? ids.token() : given;
        Personal personal = Personal.salted(Bytes.of(clockwork.random(SALT_BYTES)));
        for (Placement.Line line : request.lines()) {
            personal = personal.with(line.recipient());
        }
        String account = request.account();
        personal = account == null ? personal : personal.with(account);
        Event.Placed event = event(id, request, token, personal, riskHold, opens);
        return new Prepared(event, new Change(event, personal, null), given == null ? token : null);
    }

    private static Placement.@Nullable Result tooLarge(Prepared prepared) {
        Checkout placed = Lifecycle.place(prepared.event()).after();
        int size = Codec.encode(placed).size();
        return size <= MOST_BYTES
                ? null
                : new Placement.Result.TooLarge("checkout " + prepared.id() + " would take " + size
                        + " bytes of at most " + MOST_BYTES + " when placed: split it into several");
    }

    private static Placement.Result busy(CheckoutId id, String reason) {
        return new Placement.Result.Busy(
                "checkout " + id + " may or may not be placed: " + reason + ". Place it again with the same id");
    }

    private Event.Placed event(
            CheckoutId id,
            Placement request,
            Secret token,
            Personal personal,
            @Nullable String riskHold,
            boolean opens) {
        Instant now = steps.now();
        List<Entry.PlacedOrder> orders = new ArrayList<>();
        Money total = null;
        for (Placement.Line line : request.lines()) {
            Route route = line.route();
            if (route == null) {
                throw new IllegalArgumentException("SKU '" + line.sku() + "' has no route: it is not sold");
            }
            Commitment recipient = personal.commitTo(line.recipient());
            orders.add(new Entry.PlacedOrder(
                    orders.size() + 1, line.sku(), line.quantity(), line.amount(), recipient, route));
            total = total == null ? line.amount() : total.plus(line.amount());
        }
        if (total == null) {
            throw new IllegalArgumentException("checkout " + id + " has no orders");
        }
        String account = request.account();
        return new Event.Placed(
                now,
                id,
                terms,
                total,
                account == null ? null : personal.commitTo(account),
                Ids.tokenHash(token),
                request.givenToken() != null,
                orders,
                wanted(now, id, request.gateway(), total, opens),
                riskHold,
                (asksOncePaid && riskHold == null) ? Boolean.TRUE : null);
    }

    private Event.@Nullable PaymentWanted wanted(
            Instant now, CheckoutId id, @Nullable String name, Money total, boolean opens) {
        if (name == null) {
            return null;
        }
        Ports.Gateway gateway = ports.gateway(name);
        if (gateway == null) {
            throw new IllegalArgumentException("gateway '" + name + "' is not configured");
        }
        PayWith payWith = opens && gateway.opensLocally() ? openedHere(now, id, gateway, total) : null;
        return new Event.PaymentWanted(now, name, gateway.terms(), payWith);
    }

    /** A gateway that opens without a foreign call is opened before the commit; if it cannot now, then after it. */
    private @Nullable PayWith openedHere(Instant now, CheckoutId id, Ports.Gateway gateway, Money total) {
        try {
            OpenRequest request = new OpenRequest(new PaymentId(id, 1), total, now.plus(terms.paymentDeadline()));
            OpenAnswer answer = gateway.port().open(request, Deadline.in(settings.sendWindow()));
            return answer instanceof OpenAnswer.Opened opened ? opened.payWith() : null;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.warn("gateway '{}' threw while opening {}_p1: {}", gateway.name(), id, Thrown.named(e));
            return null;
        }
    }

    /**
     * Waits, for a bounded time, until a payment that is opened after the commit has its answer. Called outside of the
     * intake: a gateway that is slow to open must not keep the notices of the others out.
     */
    Placement.Result.Placed opened(Placement.Result.Placed placed) {
        Checkout checkout = placed.snapshot().checkout();
        boolean waits = !checkout.payments().isEmpty() && checkout.payment(1).payWith() == null;
        return waits ? new Placement.Result.Placed(awaited(placed.snapshot(), 1), placed.pickupToken()) : placed;
    }

    /** The checkout once opening the payment is over, or as it stands when the time for that is. */
    Snapshot awaited(Snapshot written, int payment) {
        CheckoutId id = written.checkout().id();
        clockwork.await(flights.landing(id, "p" + payment), settings.callLimit());
        try {
            Held now = steps.read(id);
            return now == null ? written : now.snapshot(steps.now());
        } catch (StoreException e) {
            // It is placed: what was written is a true answer, the payment's data can be read later.
            return written;
        }
    }

    private static Placement.Result compared(Held held, Placement request) {
        String difference = difference(held, request);
        return difference == null
                ? new Placement.Result.Same(held.snapshot(held.checkout().at()))
                : new Placement.Result.Conflict("checkout " + held.id() + " was placed before with other " + difference
                        + ": choose another id, or repeat exactly what was placed");
    }

    private static @Nullable String difference(Held held, Placement request) {
        Checkout known = held.checkout();
        Personal personal = held.personal();
        if (known.orders().size() != request.lines().size()) {
            return "orders: " + known.orders().size() + " then, "
                    + request.lines().size() + " now";
        }
        for (int i = 0; i < request.lines().size(); i++) {
            Order order = known.orders().get(i);
            Placement.Line line = request.lines().get(i);
            if (!order.sku().equals(line.sku()) || order.quantity() != line.quantity()) {
                return "content of order " + order.id() + ": " + order.sku() + " x " + order.quantity() + " then, "
                        + line.sku() + " x " + line.quantity() + " now";
            }
            if (!personal.isErased() && !order.placedRecipient().equals(personal.commitTo(line.recipient()))) {
                return "recipient of order " + order.id();
            }
        }
        String account = request.account();
        Commitment knownAccount = known.account();
        boolean sameAccount = (account == null || knownAccount == null)
                ? (account == null && knownAccount == null)
                : (personal.isErased() || knownAccount.equals(personal.commitTo(account)));
        if (!sameAccount) {
            return "buyer account";
        }
        Secret token = request.givenToken();
        boolean sameToken = token == null ? !known.tokenGiven() : (known.tokenGiven() && isTokenOf(known, token));
        return sameToken ? null : "pick-up token";
    }

    /** Whether this is the checkout's pick-up token, in constant time. */
    static boolean isTokenOf(Checkout checkout, Secret token) {
        return MessageDigest.isEqual(
                checkout.tokenHash().getBytes(StandardCharsets.UTF_8),
                Ids.tokenHash(token).getBytes(StandardCharsets.UTF_8));
    }
}
