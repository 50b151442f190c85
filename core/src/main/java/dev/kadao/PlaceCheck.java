package dev.kadao;

import dev.kadao.engine.Placement;
import dev.kadao.order.CheckoutId;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.order.Route;
import dev.kadao.order.Secret;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.RecipientCheck;
import dev.kadao.port.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a checkout can be placed as asked: everything that is wrong is named at once. */
final class PlaceCheck {
    private static final int MOST_ORDERS = 20;
    private static final int MOST_QUANTITY = 1_000;
    private static final int MOST_SKU = 64;
    private static final int MOST_RECIPIENT = 256;
    private static final int SHORTEST_TOKEN = 22;
    private static final int LONGEST_TOKEN = 128;

    private final Router router;
    private final RecipientCheck recipientCheck;
    private final Set<String> gateways;
    private final Set<String> suppliers;
    private final Set<String> people;
    private final boolean hasInventory;
    private final boolean takesSupplied;
    private final boolean reserves;

    /**
     * @param takesSupplied whether the inventory can take in what suppliers sell, in the store's own commit
     * @param reserves whether it can reserve for orders that are not paid
     */
    PlaceCheck(
            Router router,
            RecipientCheck recipientCheck,
            Set<String> gateways,
            Map<String, Dispatcher> suppliers,
            boolean hasInventory,
            boolean takesSupplied,
            boolean reserves) {
        this.router = router;
        this.recipientCheck = recipientCheck;
        this.gateways = Set.copyOf(gateways);
        this.suppliers = Set.copyOf(suppliers.keySet());
        this.people = suppliers.entrySet().stream()
                .filter(supplier -> supplier.getValue().terms().byPeopleWithin() != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        this.hasInventory = hasInventory;
        this.takesSupplied = takesSupplied;
        this.reserves = reserves;
    }

    /** A request as the engine takes it, with what is wrong with it. */
    record Checked(Placement placement, List<String> problems) {

        /** Whether it names something that may have been placed before. */
        boolean isComparable() {
            return placement.id() != null;
        }
    }

    Checked check(PlaceRequest request) {
        List<String> problems = new ArrayList<>();
        CheckoutId id = id(request.id(), problems);
        String gateway = request.gateway();
        if (gateway != null && !gateways.contains(gateway)) {
            problems.add("gateway '" + cut(gateway) + "' is not configured; there is " + new TreeSet<>(gateways) + ".");
        }
        if (request.orders().isEmpty() || request.orders().size() > MOST_ORDERS) {
            problems.add("a checkout takes 1 to " + MOST_ORDERS + " orders, not "
                    + request.orders().size() + ".");
        }
        List<Placement.Line> lines = new ArrayList<>();
        for (PlaceRequest.Line line : request.orders()) {
            lines.add(line(lines.size() + 1, line, problems));
        }
        checkTotal(request.orders(), problems);
        PlaceRequest.Buyer buyer = request.buyer();
        String account = buyer == null ? null : buyer.account();
        if (account != null && (account.isEmpty() || account.length() > MOST_RECIPIENT)) {
            problems.add("the buyer's account has " + account.length() + " characters; use 1 to " + MOST_RECIPIENT
                    + ", or leave it out.");
        }
        Secret token = request.pickupToken();
        if (token != null && (length(token) < SHORTEST_TOKEN || length(token) > LONGEST_TOKEN)) {
            problems.add("the pick-up token has " + length(token) + " characters; use " + SHORTEST_TOKEN + " to "
                    + LONGEST_TOKEN + ", or leave it out to have one generated.");
        }
        String ip = buyer == null ? null : said("address", buyer.ip(), problems);
        String device = buyer == null ? null : said("device", buyer.device(), problems);
        return new Checked(new Placement(id, gateway, lines, account, token, ip, device), List.copyOf(problems));
    }

    private static @Nullable String said(String what, @Nullable String text, List<String> problems) {
        if (text != null && text.length() > MOST_RECIPIENT) {
            problems.add("the buyer's " + what + " has " + text.length() + " characters; use at most " + MOST_RECIPIENT
                    + ", or leave it out.");
        }
        return text == null || text.isBlank() ? null : text;
    }

    private static int length(Secret token) {
        return token.expose().length();
    }

    private static @Nullable CheckoutId id(@Nullable String text, List<String> problems) {
        if (text == null) {
            return null;
        }
        try {
            return new CheckoutId(text);
        } catch (InvalidValueException e) {
            problems.add("checkout id '" + cut(text) + "' is not 3 to 26 letters, digits or underscores.");
            return null;
        }
    }

    private Placement.Line line(int number, PlaceRequest.Line line, List<String> problems) {
        String order = "order " + number;
        if (line.quantity() < 1 || line.quantity() > MOST_QUANTITY) {
            problems.add(order + " asks for " + line.quantity() + "; use 1 to " + MOST_QUANTITY + ".");
        }
        if (!line.amount().isPositive()) {
            problems.add(order + " costs " + line.amount() + "; an amount is more than zero.");
        }
        complaint(line.sku(), line.recipient())
                .ifPresent(complaint -> problems.add("the recipient of " + order + complaint));
        Route route = route(order, line.sku(), problems);
        if (route != null) {
            checkCap(line, order, route, problems);
        }
        return new Placement.Line(line.sku(), line.quantity(), line.recipient(), line.amount(), route);
    }

    /** What is wrong with the form of a recipient, to stand behind its name. */
    Optional<String> complaint(String sku, String recipient) {
        return isPrintable(recipient, MOST_RECIPIENT)
                ? recipientCheck.complaint(sku, recipient).map(complaint -> ": " + complaint)
                : Optional.of(" is not 1 to " + MOST_RECIPIENT + " printable characters.");
    }

    private @Nullable Route route(String order, String sku, List<String> problems) {
        Optional<Route> found = isPrintable(sku, MOST_SKU) ? router.route(sku) : Optional.empty();
        if (found.isEmpty()) {
            problems.add("SKU '" + cut(sku) + "' of " + order + " is not sold here.");
            return null;
        }
        Route route = found.get();
        if (route.kind() == Route.Kind.KEYS && !hasInventory) {
            problems.add("SKU '" + sku + "' of " + order + " is sold as keys, but no key inventory is configured.");
        } else if (route.kind() == Route.Kind.SOURCED && !takesSupplied) {
            problems.add("SKU '" + sku + "' of " + order + " is sold as sourced keys, and there is no key inventory in"
                    + " the store's own database to keep them. Configure one there.");
        }
        if (route.kind() == Route.Kind.SOURCED && route.suppliers().stream().anyMatch(people::contains)) {
            problems.add("SKU '" + sku + "' of " + order + " is sold as sourced keys, and people, who are one of its"
                    + " suppliers, have no way to hand keys in. Sell it as a top-up, or leave them out.");
        }
        checkReserving(sku, order, route, problems);
        List<String> missing = route.suppliers().stream()
                .filter(name -> !suppliers.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            problems.add("SKU '" + sku + "' of " + order + " comes from the suppliers " + missing
                    + ", which are not configured.");
        }
        return route;
    }

    private void checkReserving(String sku, String order, Route route, List<String> problems) {
        Route.Reserving reserving = route.reserving();
        if (reserving == null || !hasInventory) {
            return;
        }
        if (!reserves) {
            problems.add(
                    "SKU '" + sku + "' of " + order + " is to be reserved at placing, which the key inventory cannot"
                            + " do. Have it implement ReservingInventory, or take keys at payment.");
        } else if (reserving.orRefuse() && !takesSupplied) {
            problems.add(
                    "SKU '" + sku + "' of " + order + " is to be refused if it cannot be reserved, which is known in"
                            + " time only with a key inventory in the store's own database. Configure one there, or have it"
                            + " placed without.");
        }
    }

    /** Of one line; several that are too many together are refused with the stock as it is then. */
    private static void checkCap(PlaceRequest.Line line, String order, Route route, List<String> problems) {
        Route.Reserving reserving = route.reserving();
        if (reserving != null && reserving.orRefuse() && line.quantity() > reserving.cap()) {
            problems.add("quantity " + line.quantity() + " of " + order + " is more than the " + reserving.cap()
                    + " keys of SKU '" + line.sku() + "' that are reserved at once: order fewer.");
        }
    }

    /** Why it cannot be placed within a transaction of the caller. */
    static List<String> hindrancesToJoin(Placement placement) {
        return placement.lines().stream()
                .filter(line -> isRefusedWithout(line.route()))
                .map(line -> "SKU '" + line.sku()
                        + "' is to be refused if it cannot be reserved, and keys are reserved only"
                        + " after your transaction has committed. Place it without joining, or have it placed without.")
                .distinct()
                .toList();
    }

    private static boolean isRefusedWithout(@Nullable Route route) {
        Route.Reserving reserving = route == null ? null : route.reserving();
        return reserving != null && reserving.orRefuse();
    }

    private static void checkTotal(List<PlaceRequest.Line> orders, List<String> problems) {
        Set<String> currencies = new TreeSet<>();
        orders.forEach(line -> currencies.add(line.amount().currency().code()));
        if (currencies.size() > 1) {
            problems.add("the orders are in " + currencies + "; a checkout is paid at once, so place one for each.");
            return;
        }
        try {
            Money total = null;
            for (PlaceRequest.Line line : orders) {
                total = total == null ? line.amount() : total.plus(line.amount());
            }
        } catch (ArithmeticException e) {
            problems.add("the orders come to more money than can be counted; order less.");
        }
    }

    private static boolean isPrintable(String text, int most) {
        return !text.isBlank() && text.length() <= most && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** What is quoted stays short and without control characters. */
    private static String cut(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "...";
    }
}
