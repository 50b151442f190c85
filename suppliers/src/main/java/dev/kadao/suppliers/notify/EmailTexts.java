package dev.kadao.suppliers.notify;

import dev.kadao.order.Message;
import dev.kadao.order.OrderId;
import dev.kadao.order.Secret;
import java.net.URI;
import java.util.List;

/** Writes what a mail says. Thread-safe; what it throws counts as not told. */
@FunctionalInterface
public interface EmailTexts {

    /**
     * What is to be told.
     *
     * @param page where the buyer sees the order
     * @param keys the order's keys, if the notifier carries them and this message is about keys; else empty
     */
    record Occasion(OrderId order, Message.Kind kind, URI page, List<Secret> keys) {
        public Occasion {
            keys = List.copyOf(keys);
        }
    }

    /** Writes the mail for one message; the same for every try, so that copies are seen to be copies. */
    EmailText write(Occasion occasion);

    /** Chinese (zh-CN). */
    static EmailTexts chinese() {
        return new StandardTexts(StandardTexts.Language.CHINESE);
    }

    /** English. */
    static EmailTexts english() {
        return new StandardTexts(StandardTexts.Language.ENGLISH);
    }

    /** Chinese, then English, in one mail. */
    static EmailTexts chineseAndEnglish() {
        return new StandardTexts(StandardTexts.Language.CHINESE, StandardTexts.Language.ENGLISH);
    }
}
