package dev.kadao.examples.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kadao.order.DispatchId;
import dev.kadao.port.Dispatcher;
import dev.kadao.port.InboundNotice;
import dev.kadao.testkit.DispatcherContract;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mistakes that the guide warns of, each planted in an adapter that is right otherwise: the contract finds it. */
class MistakesAreFoundTest {
    /** A mistake, and the rule of the contract that finds it. */
    enum Mistake {
        TIME_OUT_IS_A_NO("silence_and_a_reply_without_end_are_unknown_once_the_call_limit_is_over"),
        SERVER_ERROR_IS_NOT_SENT("a_server_that_fails_leaves_the_outcome_unknown"),
        ERROR_PAGE_IS_NOT_FOUND("a_server_that_fails_leaves_the_outcome_unknown"),
        UNREADABLE_IS_A_NO("a_reply_in_no_form_of_the_supplier_leaves_the_outcome_unknown"),
        LOST_REPLY_IS_SENT_AGAIN("a_lost_reply_leaves_the_outcome_unknown_and_the_order_is_sent_once"),
        REDIRECT_IS_TAKEN_ON("a_redirect_is_not_followed"),
        LOST_QUESTION_IS_NOT_SENT(
                "a_refused_connection_is_not_sent_and_says_nothing_about_an_order_that_is_asked_about"),
        TURNED_AWAY_IS_NOT_SENT("what_is_turned_away_on_the_door_is_never_success_nor_not_sent_nor_not_found"),
        DUPLICATE_IS_A_NO("that_a_reference_is_known_already_is_no_definite_no"),
        EACH_SEND_HAS_A_NUMBER_OF_ITS_OWN("what_was_not_sent_is_sent_later_under_the_same_reference"),
        DEADLINE_IS_IGNORED("after_the_deadline_nothing_is_sent"),
        RECEIPT_IS_BLANK("what_is_delivered_has_a_proof"),
        CARDS_ARE_LOST("what_is_delivered_has_a_proof"),
        QUESTION_FINDS_ANOTHER_PROOF("a_query_says_what_the_dispatch_said_and_executes_nothing"),
        REASON_QUOTES_THE_RECIPIENT("an_answer_quotes_no_recipient_whatever_the_supplier_quotes"),
        ADAPTER_PRINTS_KEYS("nothing_that_may_be_logged_shows_a_key_or_the_recipient"),
        CALLS_SHARE_STATE("orders_at_the_same_time_do_not_mix"),
        NOTICES_ARE_NOT_VERIFIED("a_notice_that_was_changed_on_its_way_is_forged"),
        UNSIGNED_NOTICES_ARE_BELIEVED("a_notice_that_was_changed_on_its_way_is_forged"),
        NOTICE_HAS_NO_PROOF("a_genuine_notice_names_its_reference_and_says_delivered");

        private final String rule;

        Mistake(String rule) {
            this.rule = rule;
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_contract_finds(Mistake mistake) throws ReflectiveOperationException {
        // Without the mistake the rule holds: else it would find whatever there is.
        assertThat(violation(mistake, MagpieTopUp::new)).isNull();

        assertThat(violation(mistake, (account, limit) -> new CarelessMagpie(mistake, account, limit)))
                .isInstanceOf(AssertionError.class);
    }

    private static @Nullable Throwable violation(
            Mistake mistake, BiFunction<MagpieAccount, Duration, Dispatcher> adapter)
            throws ReflectiveOperationException {
        boolean sellsCards = mistake == Mistake.CARDS_ARE_LOST || mistake == Mistake.ADAPTER_PRINTS_KEYS;
        Trial trial = new Trial(adapter, sellsCards);
        try {
            trial.openOnce();
            DispatcherContract.class.getMethod(mistake.rule).invoke(trial);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            trial.stop();
        }
    }

    /** The contract with an adapter of our choice. */
    private static final class Trial extends MagpieContractTest {
        private final BiFunction<MagpieAccount, Duration, Dispatcher> adapter;
        private final boolean sellsCards;

        Trial(BiFunction<MagpieAccount, Duration, Dispatcher> adapter, boolean sellsCards) {
            this.adapter = adapter;
            this.sellsCards = sellsCards;
        }

        @Override
        Dispatcher adapter(MagpieAccount account, Duration callLimit) {
            return adapter.apply(account, callLimit);
        }

        @Override
        protected Dispatcher.Request request(DispatchId reference, int send) {
            return sellsCards ? MagpieOrders.cards(reference, send) : super.request(reference, send);
        }

        @Override
        protected Optional<InboundNotice> noticeOf(DispatchId reference) {
            return sellsCards ? Optional.empty() : super.noticeOf(reference);
        }
    }
}
