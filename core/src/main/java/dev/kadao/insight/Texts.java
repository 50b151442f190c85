package dev.kadao.insight;

import dev.kadao.order.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What buyers read, in Chinese (any {@code zh} locale) or English (any other). */
public final class Texts {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Texts() {}

    /** The name of a stage, as a buyer reads it. */
    public static String stage(Stage stage, Locale locale) {
        return isChinese(locale) ? chinese(stage) : english(stage);
    }

    /**
     * A diagnosis as a sentence or two that tell the buyer what is going on and by when it changes.
     *
     * @param zone of the times in the text
     */
    public static String sentence(Diagnosis diagnosis, Locale locale, ZoneId zone) {
        String stage = stage(diagnosis.stage(), locale);
        Instant eta = diagnosis.eta();
        String by = eta == null ? "" : TIME.format(eta.atZone(zone));
        return isChinese(locale) ? stage + "。" + chinese(diagnosis, by) : stage + ". " + english(diagnosis, by);
    }

    /** A node of a timeline in words. */
    public static String node(Timeline.Kind kind, Locale locale) {
        return isChinese(locale) ? chinese(kind) : english(kind);
    }

    private static boolean isChinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }

    private static String chinese(Stage stage) {
        return switch (stage) {
            case AWAITING_PAYMENT -> "等待付款";
            case CLOSED -> "已关闭";
            case ON_HOLD -> "人工审核中";
            case PAID -> "已付款,正在备货";
            case RESERVED -> "卡密已备好,等待发放";
            case DISPATCHING -> "发放中";
            case UNCERTAIN -> "正在核实发放结果";
            case DELIVERED -> "已发送,请查收";
            case DISPUTED -> "申诉处理中";
            case REPLACING -> "正在补发";
            case COMPLETED -> "已完成";
            case REFUNDING -> "退款中";
            case REFUNDED -> "已退款";
            case PARKED -> "人工处理中";
        };
    }

    private static String english(Stage stage) {
        return switch (stage) {
            case AWAITING_PAYMENT -> "Waiting for your payment";
            case CLOSED -> "Closed";
            case ON_HOLD -> "Being reviewed by our staff";
            case PAID -> "Paid, your goods are being prepared";
            case RESERVED -> "Your keys are ready and about to be handed over";
            case DISPATCHING -> "Being delivered";
            case UNCERTAIN -> "Checking whether the delivery arrived";
            case DELIVERED -> "Delivered, please take a look";
            case DISPUTED -> "Your dispute is being looked into";
            case REPLACING -> "A replacement is on its way";
            case COMPLETED -> "Completed";
            case REFUNDING -> "Your money is on its way back";
            case REFUNDED -> "Refunded";
            case PARKED -> "Being handled by our staff";
        };
    }

    private static String chinese(Diagnosis diagnosis, String by) {
        if (diagnosis.nextStep() == NextStep.PERSON_DELIVERS) {
            return chineseByPeople(diagnosis.verdict(), by);
        }
        return switch (diagnosis.verdict()) {
            case NOT_PAID -> "付款成功后会自动发货。";
            case CLOSED -> "没有在期限内收到付款。如果您之后又付了款，款项会自动处理，不会丢失。";
            case ON_TIME -> "一切正常，预计 " + by + " 前到货。";
            case LATE -> by.isEmpty() ? "比预计的时间晚了一些，但仍在正常处理中，请耐心等待。" : "比预计的时间晚了一些，但仍在正常处理中，最迟 " + by + " 会有结果。";
            case STUCK ->
                by.isEmpty()
                        ? "订单卡住了，请点催单，工作人员会跟进。您的款项已记录在案，请勿重复付款。"
                        : "订单卡住了，但系统没有放弃。若到 " + by + " 仍未到货，请点催单，工作人员会跟进。您的款项已记录在案，请勿重复付款。";
            case WITH_PERSON -> "工作人员正在处理，请等待处理结果，无需重复付款。";
            case DELIVERED -> "如有问题，请在确认前提出申诉。";
            case COMPLETED -> "感谢您的购买。";
            case REFUNDING -> "款项会原路退回，到账时间以支付渠道为准。";
            case REFUNDED -> "款项已原路退回。";
        };
    }

    private static String chineseByPeople(Diagnosis.Verdict verdict, String by) {
        if (verdict == Diagnosis.Verdict.ON_TIME) {
            return "由工作人员人工发货，预计 " + by + " 前到货。";
        }
        return verdict == Diagnosis.Verdict.LATE && !by.isEmpty()
                ? "由工作人员人工发货，比预计的时间晚了一些，最迟 " + by + " 会有结果。"
                : "由工作人员人工发货，比预计的时间晚。" + (by.isEmpty() ? "" : "若到 " + by + " 仍未到货，") + "请点催单，工作人员会跟进。您的款项已记录在案，请勿重复付款。";
    }

    private static String englishByPeople(Diagnosis.Verdict verdict, String by) {
        if (verdict == Diagnosis.Verdict.ON_TIME) {
            return "Our staff deliver this by hand; expect it by " + by + ".";
        }
        return verdict == Diagnosis.Verdict.LATE && !by.isEmpty()
                ? "Our staff deliver this by hand; it takes longer than promised, and you will know by " + by + "."
                : "Our staff deliver this by hand, and it takes longer than promised. "
                        + (by.isEmpty() ? "Ask" : "If it has not come by " + by + ", ask")
                        + " us where it is, and they will look into it. Your payment is on record: do not pay again.";
    }

    private static String english(Diagnosis diagnosis, String by) {
        if (diagnosis.nextStep() == NextStep.PERSON_DELIVERS) {
            return englishByPeople(diagnosis.verdict(), by);
        }
        return switch (diagnosis.verdict()) {
            case NOT_PAID -> "Your goods are delivered automatically once you have paid.";
            case CLOSED ->
                "No payment arrived in time. If you pay after all, your money is dealt with automatically and not lost.";
            case ON_TIME -> "All is well; expect it by " + by + ".";
            case LATE ->
                by.isEmpty()
                        ? "It takes longer than promised, but it is moving. Please be patient."
                        : "It takes longer than promised, but it is moving; you will know by " + by + ".";
            case STUCK ->
                by.isEmpty()
                        ? "It is stuck: ask us where it is, and our staff will look into it. Your payment is on record: do not pay again."
                        : "It is stuck, but not given up. If it has not come by " + by
                                + ", ask us where it is, and our staff will look into it. Your payment is on record: do"
                                + " not pay again.";
            case WITH_PERSON -> "A person is looking after it. There is no need to pay again.";
            case DELIVERED -> "If something is wrong, dispute it before you confirm.";
            case COMPLETED -> "Thank you for your purchase.";
            case REFUNDING -> "The money goes back the way it came; how long that takes is up to the payment provider.";
            case REFUNDED -> "The money has gone back the way it came.";
        };
    }

    private static String chinese(Timeline.Kind kind) {
        return switch (kind) {
            case PLACED -> "已下单";
            case PAID -> "已付款";
            case PAID_LATE -> "订单关闭后收到付款";
            case HELD -> "付款金额或币种不符，等待人工审核";
            case RELEASED -> "人工审核通过";
            case CLOSED -> "超时未付款，订单已关闭";
            case RECIPIENT_CONFIRMED -> "已确认收货账号";
            case RECIPIENT_CORRECTED -> "收货账号已更正";
            case STOCK_MISSING -> "暂时缺货，等待补货";
            case RESERVED -> "卡密已备好";
            case SENT_TO_SUPPLIER -> "已提交给供货商";
            case ACCEPTED -> "供货商处理中";
            case WITH_STAFF -> "已交由工作人员人工发货";
            case UNCLEAR -> "正在核实发放结果";
            case DECLINED -> "供货商无法供货";
            case PARTIAL -> "供货商未能完整供货";
            case READIED -> "重新备货";
            case DELIVERED -> "已发货";
            case SEEN -> "已查看卡密";
            case COMPLETED -> "已完成";
            case COMPLAINED -> "已催单";
            case DISPUTED -> "已提出申诉";
            case DISPUTE_REJECTED -> "申诉未通过";
            case REPLACING -> "决定补发";
            case REPLACED -> "已补发";
            case PARKED -> "转交人工处理";
            case RETRIED -> "人工重新发起";
            case TAKEN -> "人工接管";
            case GIVEN_BACK -> "恢复自动处理";
            case REFUNDING -> "开始退款";
            case KEYS_RETURNED -> "卡密已收回";
            case MONEY_BACK -> "退款成功";
            case MONEY_MOVED_BACK -> "款项已由支付渠道退回";
            case REFUNDED -> "已退款";
        };
    }

    private static String english(Timeline.Kind kind) {
        return switch (kind) {
            case PLACED -> "Order placed";
            case PAID -> "Payment received";
            case PAID_LATE -> "Payment received after the order had closed";
            case HELD -> "The amount paid is not the amount owed: waiting for a review";
            case RELEASED -> "Review passed";
            case CLOSED -> "Not paid in time, order closed";
            case RECIPIENT_CONFIRMED -> "Recipient confirmed";
            case RECIPIENT_CORRECTED -> "Recipient corrected";
            case STOCK_MISSING -> "Out of stock, waiting for new stock";
            case RESERVED -> "Keys set aside";
            case SENT_TO_SUPPLIER -> "Sent to the supplier";
            case ACCEPTED -> "The supplier is working on it";
            case WITH_STAFF -> "With our staff, who deliver it by hand";
            case UNCLEAR -> "Checking whether the delivery arrived";
            case DECLINED -> "The supplier cannot deliver";
            case PARTIAL -> "The supplier did not deliver in full";
            case READIED -> "Being prepared again";
            case DELIVERED -> "Delivered";
            case SEEN -> "Seen by the buyer";
            case COMPLETED -> "Completed";
            case COMPLAINED -> "The buyer asked where it is";
            case DISPUTED -> "Disputed by the buyer";
            case DISPUTE_REJECTED -> "Dispute rejected";
            case REPLACING -> "Replacement decided";
            case REPLACED -> "Replacement delivered";
            case PARKED -> "Handed to our staff";
            case RETRIED -> "Sent on its way again by our staff";
            case TAKEN -> "Taken over by our staff";
            case GIVEN_BACK -> "Automation resumed";
            case REFUNDING -> "Refund begun";
            case KEYS_RETURNED -> "Keys taken back";
            case MONEY_BACK -> "Money given back";
            case MONEY_MOVED_BACK -> "The payment provider gave the money back";
            case REFUNDED -> "Refunded";
        };
    }
}
