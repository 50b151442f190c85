package dev.kadao.gateways.wechatpay;

/**
 * Whose money it is.
 *
 * @param mchId the merchant's number (商户号)
 * @param appId the app, official account or mini program that is bound to it
 */
record Account(String mchId, String appId) {}
