package dev.kadao.gateways.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Currency;
import dev.kadao.order.InvalidValueException;
import dev.kadao.order.Money;
import dev.kadao.port.Statement.Line;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills in the form in which Alipay writes them: tabs behind cells, refunds below zero, counts at the end. */
class AlipayBillTest {
    private static final Charset GBK = Charset.forName("GBK");
    private static final String HEAD = """
            #支付宝业务明细查询
            #账号：[20880000000000010156]
            #起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]
            #-----------------------------------------业务明细列表----------------------------------------
            支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
            """;
    private static final String END =
            "#-----------------------------------------业务明细列表结束------------------------------------\n";

    @TempDir
    Path folder;

    private static String row(String kind, String finishedAt, String amount, String refund) {
        return "2026112222001458860515315453\t,cart42_p1\t," + kind + "\t,在线订单,2026-11-22 10:55:16," + finishedAt
                + ",\t,\t,\t,\t,*津水(602***@qq.com)\t," + amount + "," + amount
                + ",0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00," + refund + "\t,0.00,0.00,备注\n";
    }

    private static String bill(String rows, int received, int givenBack) {
        return HEAD + rows + END + "#交易合计：" + received + "笔，商家实收共49.00元，商家优惠共0.00元\n#退款合计：" + givenBack
                + "笔，商家实收退款共-9.00元，商家优惠退款共0.00元\n#导出时间：[2026年11月23日 05:46:49]\n";
    }

    private static AlipayBill read(String text) {
        byte[] bytes = text.getBytes(GBK);
        return AlipayBill.of(() -> new ByteArrayInputStream(bytes), GBK);
    }

    private static List<Line> lines(AlipayBill bill) {
        try (Stream<Line> lines = bill.lines()) {
            return lines.toList();
        }
    }

    private static Money yuan(String amount) {
        return Money.parse(amount, Currency.CNY);
    }

    private static String reason(List<Line> lines) {
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).isInstanceOf(Line.Unreadable.class);
        String reason = ((Line.Unreadable) lines.get(0)).reason();
        assertThat(reason).doesNotContain("津水").doesNotContain("602***");
        return reason;
    }

    @Test
    void a_bill_says_what_came_and_what_went_back_when_and_under_which_references() throws IOException {
        String rows =
                row("交易", "2026-11-22 10:55:23", "49.00", "") + row("退款", "2026-11-22 23:59:59", "-9.00", "cart42_r1");
        Path file = folder.resolve("bill.csv");
        Files.write(file, bill(rows, 1, 1).replace("\n", "\r\n").getBytes(GBK));

        AlipayBill bill = AlipayBill.of(file);

        assertThat(bill.from()).isEqualTo(Instant.parse("2026-11-21T16:00:00Z"));
        assertThat(bill.until()).isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
        String trade = "2026112222001458860515315453";
        List<Line> expected = List.of(
                new Line.Received(6, "cart42_p1", trade, yuan("49.00"), Instant.parse("2026-11-22T02:55:23Z")),
                new Line.GivenBack(
                        7, "cart42_p1", trade, "cart42_r1", yuan("9.00"), Instant.parse("2026-11-22T15:59:59Z")));
        assertThat(lines(bill)).isEqualTo(expected);
        assertThat(lines(bill)).as("read again").isEqualTo(expected);
    }

    @Test
    void a_bill_of_a_day_without_trades_is_empty() {
        assertThat(lines(read(bill("", 0, 0)))).isEmpty();
    }

    @Test
    void a_bill_that_was_saved_in_utf_8_is_read_as_such() throws IOException {
        Path file = folder.resolve("bill.csv");
        String text = bill(row("交易", "2026-11-22 10:55:23", "49.00", ""), 1, 0);
        Files.writeString(file, "\uFEFF" + text);

        assertThat(lines(AlipayBill.of(file, StandardCharsets.UTF_8))).hasOnlyElementsOfType(Line.Received.class);
        assertThatThrownBy(() -> AlipayBill.of(file)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void columns_are_found_by_their_names() {
        String text = "#起始日期：[2026年11月01日 00:00:00]   终止日期：[2026年12月01日 00:00:00]\n"
                + "新列,完成时间,业务类型,订单金额(元),支付宝交易号,商户订单号,退款批次号/请求号\n"
                + "x,2026-11-22 10:55:23,交易,49.00,t1,\"cart42,\"\"p1\",\n" + END;

        assertThat(lines(read(text)))
                .containsExactly(new Line.Received(
                        3, "cart42,\"p1", "t1", yuan("49.00"), Instant.parse("2026-11-22T02:55:23Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.00",
                "1e2",
                "49",
                "49.0",
                "49.001",
                "-49.00",
                "+49.00",
                "4,900.00",
                "￥49.00",
                "４９.00",
                "--9.00"
            })
    void an_amount_that_is_no_plain_decimal_above_zero_is_told_and_not_left_out(String amount) {
        String came = "\"" + amount + "\"";
        String went = "\"-" + amount + "\"";

        assertThat(reason(lines(read(bill(row("交易", "2026-11-22 10:55:23", came, ""), 0, 0)))))
                .contains("订单金额");
        assertThat(reason(lines(read(bill(row("退款", "2026-11-22 10:55:23", went, "r"), 0, 0)))))
                .contains("订单金额");
    }

    @Test
    void money_that_went_back_stands_below_zero() {
        assertThat(reason(lines(read(bill(row("退款", "2026-11-22 10:55:23", "9.00", "r"), 0, 0)))))
                .contains("订单金额");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "转账", "交易退款", "payment"})
    void a_kind_of_business_that_is_not_known_is_told(String kind) {
        assertThat(reason(lines(read(bill(row(kind, "2026-11-22 10:55:23", "49.00", ""), 0, 0)))))
                .contains("业务类型");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026/11/22 10:55", "2026-11-31 10:55:23", "2026-11-22"})
    void a_time_in_another_form_is_told(String time) {
        assertThat(reason(lines(read(bill(row("交易", time, "49.00", ""), 0, 0)))))
                .contains("完成时间");
    }

    @Test
    void lines_with_other_cells_than_the_head_or_without_references_are_told_with_their_number() {
        String good = row("交易", "2026-11-22 10:55:23", "49.00", "");
        String rows = good + "2026,cart42_p1,交易\n" + good.replace("cart42_p1", " ") + good.replace("在线订单", "点卡,50元")
                + good.replace("备注", "\"备注") + good;

        List<Line> lines = lines(read(bill(rows, 2, 0)));

        assertThat(lines.stream().filter(Line.Unreadable.class::isInstance).map(Line::number))
                .containsExactly(7L, 8L, 9L, 10L);
        assertThat(lines).hasSize(6);
    }

    @Test
    void a_line_that_is_too_long_or_not_in_the_charset_is_told_and_the_next_one_read() {
        String good = row("交易", "2026-11-22 10:55:23", "49.00", "");
        String text = bill(good.replace("备注", "x".repeat(2_000_000)) + good.replace("备注", "BROKEN") + good, 1, 0);
        byte[] bytes = text.getBytes(GBK);
        int at = text.substring(0, text.indexOf("BROKEN")).getBytes(GBK).length;
        bytes[at] = (byte) 0xff;

        List<Line> lines = lines(AlipayBill.of(() -> new ByteArrayInputStream(bytes), GBK));

        assertThat(lines.stream().map(Line::number)).containsExactly(6L, 7L, 8L);
        assertThat(lines.get(0)).isInstanceOf(Line.Unreadable.class);
        assertThat(lines.get(1)).isInstanceOf(Line.Unreadable.class);
        assertThat(lines.get(2)).isInstanceOf(Line.Received.class);
    }

    @Test
    void a_bill_that_was_cut_off_is_told() {
        String good = row("交易", "2026-11-22 10:55:23", "49.00", "");

        List<Line> lines = lines(read(HEAD + good));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isInstanceOf(Line.Received.class);
        assertThat(reason(lines.subList(1, 2))).contains("cut off");
    }

    @Test
    void counts_that_are_not_those_that_the_bill_names_are_told() {
        String good = row("交易", "2026-11-22 10:55:23", "49.00", "");

        List<Line> lines = lines(read(bill(good, 2, 0)));

        assertThat(lines).hasSize(2);
        assertThat(reason(lines.subList(1, 2))).isEqualTo("the bill names 2 lines of 交易, 1 were read");
    }

    @Test
    void a_line_behind_the_end_is_told() {
        String good = row("交易", "2026-11-22 10:55:23", "49.00", "");

        assertThat(reason(lines(read(HEAD + END + good)))).contains("behind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#支付宝业务明细查询\n",
                "<html>404</html>",
                "门店编号,门店名称,交易订单总笔数\n",
                "支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号\n",
                "#起始日期：[2026年13月01日 00:00:00]   终止日期：[2026年12月01日 00:00:00]\n支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号\n",
                "#起始日期：[2026年12月01日 00:00:00]   终止日期：[2026年12月01日 00:00:00]\n支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号\n"
            })
    void a_text_that_is_no_trade_bill_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void a_source_that_fails_is_no_empty_bill_and_each_opening_is_closed() {
        AtomicInteger open = new AtomicInteger();
        byte[] bytes = bill(row("交易", "2026-11-22 10:55:23", "49.00", ""), 1, 0).getBytes(GBK);
        AlipayBill bill = AlipayBill.of(() -> counted(open, new ByteArrayInputStream(bytes)), GBK);
        assertThat(open).hasValue(0);

        try (Stream<Line> lines = bill.lines()) {
            assertThat(lines.findFirst()).isPresent();
            assertThat(open).hasValue(1);
        }
        assertThat(open).hasValue(0);

        AlipayBill failing = AlipayBill.of(
                () -> open.getAndIncrement() == 0 ? new ByteArrayInputStream(bytes) : failing(bytes), GBK);
        assertThatThrownBy(() -> lines(failing)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> AlipayBill.of(folder.resolve("none.csv"))).isInstanceOf(UncheckedIOException.class);
    }

    private static InputStream counted(AtomicInteger open, InputStream source) {
        open.incrementAndGet();
        return new FilterInputStream(source) {
            @Override
            public void close() throws IOException {
                open.decrementAndGet();
                super.close();
            }
        };
    }

    private static InputStream failing(byte[] bytes) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, 700), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        });
    }
}
