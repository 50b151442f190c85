package dev.kadao.order;

/**
 * What a gateway can do, recorded with each payment.
 *
 * @param canClose whether an unpaid payment can be told to close
 * @param canRefund whether money can be given back by a call
 * @param refundsRepeatably whether a repeated refund reference is executed once only
 * @param noticeIsEnough whether a genuine notice counts as money received; else a query must confirm it
 */
public record GatewayTerms(boolean canClose, boolean canRefund, boolean refundsRepeatably, boolean noticeIsEnough) {}
