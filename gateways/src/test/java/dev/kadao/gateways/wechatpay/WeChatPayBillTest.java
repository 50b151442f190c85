package dev.kadao.gateways.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Currency;
import dev.kadao.order.Money;
import dev.kadao.port.Statement.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeChatPayBillTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final String HEADER = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
            + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,"
            + "申请退款金额,费率备注";
    private static final String PAID =
            "`2026-11-22 00:00:00,`wx8888888888888888,`1900000109,`0,`,`4200001,`cart42_p1,`oUpF8u,"
                    + "`NATIVE,`SUCCESS,`OTHERS,`CNY,`48.00,`1.00,`0,`0,`0.00,`0.00,`,`,`卡密, 两张,`,`0.29000,`0.60%,`49.00,`0.00,`";
    private static final String BACK =
            "`2026-11-22 23:59:59,`wx8888888888888888,`1900000109,`0,`,`4200001,`cart42_p1,`oUpF8u,"
                    + "`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`cart42_r1,`9.00,`0.00,`ORIGINAL,`PROCESSING,`卡密, 两张,`,"
                    + "`-0.06000,`0.60%,`0.00,`10.00,`";
    private static final String SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    private static String totals(int count) {
        return "`" + count + ",`48.00,`9.00,`0.00,`0.23000,`49.00,`10.00";
    }

    private static WeChatPayBill bill(String... lines) {
        return bill((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static WeChatPayBill bill(byte[] bytes) {
        return WeChatPayBill.of("1900000109", DAY, () -> new ByteArrayInputStream(bytes));
    }

    private static List<Line> read(WeChatPayBill bill) {
        try (Stream<Line> lines = bill.lines()) {
            return lines.toList();
        }
    }

    private static Line onlyLine(String line) {
        List<Line> lines = read(bill(HEADER, line, SUMMARY, totals(1)));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static void assertUnreadable(String line, String reason) {
        assertThat(onlyLine(line)).isInstanceOfSatisfying(Line.Unreadable.class, unreadable -> {
            assertThat(unreadable.number()).isEqualTo(2);
            assertThat(unreadable.reason()).contains(reason).doesNotContain("oUpF8u");
        });
    }

    @Test
    void payments_and_refunds_of_the_day_are_read_with_what_the_order_was_opened_with() {
        assertThat(read(bill(HEADER, PAID, BACK, SUMMARY, totals(2))))
                .containsExactly(
                        new Line.Received(
                                2,
                                "cart42_p1",
                                "4200001",
                                new Money(4_900, Currency.CNY),
                                Instant.parse("2026-11-21T16:00:00Z")),
                        new Line.GivenBack(
                                3,
                                "cart42_p1",
                                "4200001",
                                "cart42_r1",
                                new Money(1_000, Currency.CNY),
                                Instant.parse("2026-11-22T15:59:59Z")));
    }

    @Test
    void the_period_is_a_day_in_china() {
        WeChatPayBill bill = bill(HEADER, SUMMARY, totals(0));

        assertThat(bill.from()).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
        assertThat(bill.until()).isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
        assertThat(read(bill)).isEmpty();
    }

    @Test
    void a_byte_order_mark_and_plain_line_ends_do_not_matter() {
        String text = "\uFEFF" + HEADER + "\n" + PAID + "\n\n" + SUMMARY + "\n" + totals(1);

        assertThat(read(bill(text.getBytes(StandardCharsets.UTF_8)))).hasSize(1);
    }

    @Test
    void a_file_is_read_as_often_as_is_wished_and_its_stream_closed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bill.csv");
        Files.writeString(file, String.join("\n", HEADER, PAID, SUMMARY, totals(1)));
        WeChatPayBill fromFile = WeChatPayBill.of("1900000109", DAY, file);
        assertThat(read(fromFile)).isEqualTo(read(fromFile)).hasSize(1);

        AtomicInteger closed = new AtomicInteger();
        InputStream watched = new ByteArrayInputStream(HEADER.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        WeChatPayBill.of("1900000109", DAY, () -> watched).lines().close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void the_older_form_without_coupons_is_read_too() {
        String header = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,"
                + "企业红包金额,微信退款单号,商户退款单号,退款金额,企业红包退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率";
        String paid =
                "`2026-11-22 10:00:00,`wx1,`1900000109,`0,`,`4200001,`cart42_p1,`o,`NATIVE,`SUCCESS,`CFT,`CNY,`49.00,"
                        + "`0.00,`0,`0,`0.00,`0.00,`,`,`卡密,`,`0.29,`0.60%";

        assertThat(read(bill(header, paid, SUMMARY, "`1,`49.00,`0.00,`0.00,`0.29")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Line.Received.class,
                        received -> assertThat(received.amount()).isEqualTo(new Money(4_900, Currency.CNY)));
    }

    @Test
    void a_refund_without_a_number_of_the_merchant_has_none() {
        assertThat(onlyLine(BACK.replace("`cart42_r1", "`0")))
                .isInstanceOfSatisfying(
                        Line.GivenBack.class, back -> assertThat(back.refund()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "49.00, 1e2, form",
        "49.00, 49, form",
        "49.00, 49.0, form",
        "49.00, 49.001, form",
        "49.00, -49.00, form",
        "49.00, ４９.００, form",
        "49.00, 0.00, form",
        "49.00, '', form",
        "CNY, cny, form",
        "CNY, RMB, form",
        "2026-11-22 00:00:00, 2026-11-22 24:00:00, form",
        "2026-11-22 00:00:00, 2026/11/22 00:00:00, form",
        "2026-11-22 00:00:00, 2026-02-30 00:00:00, form",
        "2026-11-22 00:00:00, 2026-11-21 23:59:59, another day",
        "2026-11-22 00:00:00, 2026-11-23 00:00:00, another day",
        "`1900000109, `1900000110, another merchant's",
        "`cart42_p1, `, numbers are not in",
        "`4200001, `42 1, numbers are not in",
        "SUCCESS, REVOKED, another state",
        "SUCCESS, '', another state"
    })
    void a_payment_that_cannot_be_read_is_told_with_its_line(String what, String by, String reason) {
        assertThat(PAID).contains(what);
        assertUnreadable(PAID.replace(what, by), reason);
    }

    @Test
    void a_refund_that_failed_is_for_a_person() {
        assertUnreadable(BACK.replace("PROCESSING", "FAIL"), "neither SUCCESS nor PROCESSING");
        assertUnreadable(BACK.replace("10.00,`", "0.00,`"), "form");
    }

    @Test
    void lines_with_other_cells_than_the_header_are_unreadable() {
        assertUnreadable(PAID + ",`one more", "other cells");
        assertUnreadable(PAID.substring(0, PAID.lastIndexOf(',')), "other cells");
        assertUnreadable(PAID.substring(1), "other cells");
        assertUnreadable("cart42_p1", "other cells");
    }

    @Test
    void a_line_that_is_too_long_or_not_utf8_spoils_no_other() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(PAID.getBytes(Charset.forName("GBK")));
        bytes.writeBytes(("\n" + PAID + "x".repeat(70_000) + "\n" + PAID + "\n" + SUMMARY + "\n" + totals(3))
                .getBytes(StandardCharsets.UTF_8));

        List<Line> lines = read(bill(bytes.toByteArray()));

        assertThat(lines).extracting(Line::number).containsExactly(2L, 3L, 4L);
        assertThat(lines.get(0)).isInstanceOf(Line.Unreadable.class);
        assertThat(lines.get(1)).isInstanceOf(Line.Unreadable.class);
        assertThat(lines.get(2)).isInstanceOf(Line.Received.class);
    }

    @Test
    void a_bill_that_was_cut_short_says_so() {
        assertThat(read(bill(HEADER, PAID)))
                .hasSize(2)
                .last()
                .isEqualTo(new Line.Unreadable(3, "the bill ends before its summary: it is not whole"));
        assertThat(read(bill(HEADER, PAID, SUMMARY))).last().isInstanceOf(Line.Unreadable.class);
        assertThat(read(bill(HEADER, PAID, SUMMARY, totals(2))))
                .last()
                .isInstanceOfSatisfying(
                        Line.Unreadable.class,
                        cut -> assertThat(cut.reason()).contains("counts 2 trades, and there are 1"));
        assertThat(read(bill(HEADER, PAID, SUMMARY, "nothing"))).last().isInstanceOf(Line.Unreadable.class);
        assertThat(read(bill(HEADER, PAID, SUMMARY, totals(1), PAID))).last().isInstanceOf(Line.Unreadable.class);
    }

    @Test
    void another_file_is_refused_as_a_whole() {
        for (String first : List.of(
                "",
                "{\"code\":\"NO_STATEMENT_EXIST\"}",
                "记账时间,微信支付业务单号,资金流水单号,业务名称",
                HEADER.replace("商户退款单号,", ""),
                HEADER + ",商户号")) {
            WeChatPayBill bill = bill(first, PAID, SUMMARY, totals(1));
            assertThatThrownBy(bill::lines)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("not the header of a trade bill");
        }
    }
}
