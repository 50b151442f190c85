package dev.kadao.examples.cardshop.call;

/** All that the shop answers; whoever implements these three is the shop. */
public record ShopCalls(BuyerCalls buyers, NoticeCalls notices, DeskCalls desk) {}
