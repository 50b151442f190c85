package dev.kadao.gateways.wechatpay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in a line which cell is, by the bill's own header ("交易账单详细说明", pay.weixin.qq.com,
 * {@code docs/merchant/products/bill-download/format-trade.html}). Cells begin with a backtick and are divided by commas;
 * a comma within a cell is no border unless a backtick follows.
 */
final class BillColumns {
    static final String TIME = "交易时间";
    static final String MERCHANT = "商户号";
    static final String TRADE = "微信订单号";
    static final String PAYMENT = "商户订单号";
    static final String STATE = "交易状态";
    static final String CURRENCY = "货币种类";
    static final String REFUND = "商户退款单号";
    static final String REFUND_STATE = "退款状态";
    private static final String TOTAL = "订单金额";
    private static final String REFUNDED = "申请退款金额";

    // Bills of old accounts, which know no coupons that the merchant does not pay for, have these instead.
    private static final String OLD_TOTAL = "总金额";
    private static final String OLD_REFUNDED = "退款金额";

    /** The header of the summary begins so. */
    static final String SUMMARY = "总交易单数";

    private static final List<String> NEEDED =
            List.of(TIME, MERCHANT, TRADE, PAYMENT, STATE, CURRENCY, REFUND, REFUND_STATE);

    private final Map<String, Integer> places;

    private BillColumns(Map<String, Integer> places) {
        this.places = places;
    }

    /** The columns of a bill of type ALL; empty if the line is no such header. */
    static Optional<BillColumns> read(String header) {
        Map<String, Integer> places = new HashMap<>();
        String[] names = header.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            if (places.put(names[i].strip(), i) != null) {
                return Optional.empty();
            }
        }
        boolean amounts = places.keySet().containsAll(List.of(TOTAL, REFUNDED))
                || places.keySet().containsAll(List.of(OLD_TOTAL, OLD_REFUNDED));
        return amounts && places.keySet().containsAll(NEEDED) ? Optional.of(new BillColumns(places)) : Optional.empty();
    }

    /** The cells of a line; empty if it has another number of them than the header. */
    Optional<List<String>> cells(String line) {
        Optional<List<String>> cells = cellsOf(line);
        return cells.filter(found -> found.size() == places.size());
    }

    /** The cells of a line; empty if it has not the form of cells. */
    static Optional<List<String>> cellsOf(String line) {
        return line.startsWith("`")
                ? Optional.of(Arrays.asList(line.substring(1).split(",`", -1)))
                : Optional.empty();
    }

    String cell(List<String> cells, String name) {
        return cells.get(places.getOrDefault(name, 0)).strip();
    }

    /** What the order was opened with, in the currency's unit. */
    String total(List<String> cells) {
        return cell(cells, places.containsKey(TOTAL) ? TOTAL : OLD_TOTAL);
    }

    /** What this line gives back, in the currency's unit. */
    String refunded(List<String> cells) {
        return cell(cells, places.containsKey(REFUNDED) ? REFUNDED : OLD_REFUNDED);
    }
}
