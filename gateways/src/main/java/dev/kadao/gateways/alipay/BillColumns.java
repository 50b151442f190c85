package dev.kadao.gateways.alipay;

import dev.kadao.gateways.alipay.NumberedLines.NumberedLine;
import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.port.Statement.Line;
import dev.kadao.wire.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a trade bill has what: its columns are found by the names in its head, since Alipay adds columns now and then.
 */
final class BillColumns {
    static final String RECEIVED = "交易";
    static final String GIVEN_BACK = "退款";
    private static final int LONGEST_REFERENCE = 64;

    private final int count;
    private final int tradeNumber;
    private final int payment;
    private final int kind;
    private final int finishedAt;
    private final int amount;
    private final int refund;

    /** @throws InvalidValueException if it is not the head of a trade bill */
    BillColumns(String head) {
        List<String> names = new ArrayList<>();
        try {
            cells(head).forEach(name -> names.add(name.replace('（', '(').replace('）', ')')));
        } catch (UnreadableException e) {
            throw new InvalidValueException("the head of the Alipay bill cannot be read: " + e.getMessage());
        }
        this.count = names.size();
        this.tradeNumber = at(names, "支付宝交易号");
        this.payment = at(names, "商户订单号");
        this.kind = at(names, "业务类型");
        this.finishedAt = at(names, "完成时间");
        this.amount = at(names, "订单金额(元)");
        this.refund = at(names, "退款批次号/请求号");
    }

    private static int at(List<String> names, String name) {
        int at = names.indexOf(name);
        if (at < 0 || at != names.lastIndexOf(name)) {
            throw new InvalidValueException("the Alipay bill has no column '" + name
                    + "', or two of them: give the trade bill (业务明细, the file that is no 汇总), in the charset that it"
                    + " was written in");
        }
        return at;
    }

    /** What a row says; its amounts are in yuan, its times in China Standard Time. */
    Line read(NumberedLine row) {
        try {
            if (!row.isWhole()) {
                throw new UnreadableException("the line is too long, or not in the charset it is read in");
            }
            return read(row.number(), cells(row.text()));
        } catch (UnreadableException e) {
            return new Line.Unreadable(row.number(), String.valueOf(e.getMessage()));
        }
    }

    private Line read(long number, List<String> cells) throws UnreadableException {
        if (cells.size() != count) {
            throw new UnreadableException("the line has " + cells.size() + " cells, its head has " + count);
        }
        String reference = reference("商户订单号", cells.get(payment));
        String trade = reference("支付宝交易号", cells.get(tradeNumber));
        Instant at = AlipayTime.read("完成时间", cells.get(finishedAt));
        return switch (cells.get(kind)) {
            case RECEIVED -> new Line.Received(number, reference, trade, money(cells.get(amount)), at);
            case GIVEN_BACK ->
                new Line.GivenBack(number, reference, trade, cells.get(refund), moneyBack(cells.get(amount)), at);
            default -> throw new UnreadableException("'业务类型' is neither " + RECEIVED + " nor " + GIVEN_BACK);
        };
    }

    private static String reference(String name, String text) throws UnreadableException {
        if (text.isBlank() || text.length() > LONGEST_REFERENCE) {
            throw new UnreadableException("'" + name + "' is blank or over " + LONGEST_REFERENCE + " characters");
        }
        return text;
    }

    private static Money money(String text) throws UnreadableException {
        try {
            Money money = Money.parse(text, Currency.CNY);
            if (money.isPositive()) {
                return money;
            }
        } catch (InvalidValueException e) {
            // Refused below, as an amount that is no more than nothing.
        }
        throw new UnreadableException(
                "'订单金额' is no plain decimal above zero, with a minus in front if it was given back");
    }

    private static Money moneyBack(String text) throws UnreadableException {
        return money(text.startsWith("-") ? text.substring(1) : "");
    }

    /** The cells of a line, without the tabs that keep spreadsheets from taking them for numbers. */
    private static List<String> cells(String line) throws UnreadableException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            boolean doubled = quoted && next == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
            if (doubled) {
                cell.append(next);
                i++;
            } else if (next == '"' && (quoted || cell.toString().isBlank())) {
                quoted = !quoted;
            } else if (next == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(next);
            }
        }
        if (quoted) {
            throw new UnreadableException("a quoted cell does not end");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
