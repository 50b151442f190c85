package dev.kadao.suppliers.notify;

import dev.kadao.order.Message;
import dev.kadao.order.Secret;
import java.util.List;
import java.util.stream.Collectors;

/** The texts that come along: a sentence in each language, the keys if there are any, a link. */
final class StandardTexts implements EmailTexts {
    enum Language {
        CHINESE,
        ENGLISH
    }

    private final List<Language> languages;

    StandardTexts(Language... languages) {
        this.languages = List.of(languages);
    }

    @Override
    public EmailText write(Occasion occasion) {
        StringBuilder body = new StringBuilder();
        for (Language language : languages) {
            body.append(sentence(language, occasion))
                    .append(language == Language.CHINESE ? "。" : ".")
                    .append("\n\n");
        }
        if (!occasion.keys().isEmpty()) {
            body.append(words("卡密", "Keys")).append(":\n");
            for (Secret key : occasion.keys()) {
                body.append(key.expose()).append('\n');
            }
            body.append('\n');
        }
        body.append(words("查看订单", "See the order"))
                .append(":\n")
                .append(occasion.page())
                .append('\n');
        String subject =
                languages.stream().map(language -> sentence(language, occasion)).collect(Collectors.joining(" / "));
        return new EmailText(subject, body.toString());
    }

    private String words(String chinese, String english) {
        return languages.stream()
                .map(language -> language == Language.CHINESE ? chinese : english)
                .collect(Collectors.joining(" / "));
    }

    private static String sentence(Language language, Occasion occasion) {
        String order = " " + occasion.order() + " ";
        return language == Language.CHINESE
                ? "您的订单" + order + chinese(occasion.kind())
                : "Your order" + order + english(occasion.kind());
    }

    private static String chinese(Message.Kind kind) {
        return switch (kind) {
            case DELIVERED -> "已发货,请查收";
            case REPLACED -> "已补发,请查收";
            case REFUNDED -> "已退款";
            case CLOSED -> "已关闭";
            case ON_HOLD -> "正在人工审核";
            case DISPUTE_REJECTED -> "的申诉未通过";
            case PAID -> "已付款,正在备货";
            case LATE -> "比承诺的时间晚了,仍在处理";
            case NEEDS_YOU -> "需要您处理";
            case COMPENSATED -> "已给予补偿";
        };
    }

    private static String english(Message.Kind kind) {
        return switch (kind) {
            case DELIVERED -> "is delivered";
            case REPLACED -> "has replacements";
            case REFUNDED -> "is refunded";
            case CLOSED -> "is closed";
            case ON_HOLD -> "is being checked by a person";
            case DISPUTE_REJECTED -> "was looked into, and the dispute is rejected";
            case PAID -> "is paid, and the goods are being prepared";
            case LATE -> "takes longer than promised, and is still owed to you";
            case NEEDS_YOU -> "needs you";
            case COMPENSATED -> "has a compensation for you";
        };
    }
}
