package dev.kadao.support;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Chinese as the rules expect it: simplified, in one line, without the commonest wrong characters. */
final class ChineseWords {
    /** Traditional and simplified, in pairs; those that buyers' questions are made of. */
    private static final String PAIRS = "沒没還还錢钱發发貨货單单訂订號号碼码帳账賬账儲储點点無无過过經经買买錯错誤误個个這这麼么時时間间來来"
            + "為为嗎吗詐诈騙骗報报訴诉檢检舉举務务轉转員员聯联繫系係系電电話话開开據据兩两複复復复顯显戶户換换輸输"
            + "請请給给對对應应該该會会說说寫写郵邮機机領领裡里裏里見见現现處处總总額额遊游戲戏區区級级實实際际購购"
            + "財财產产網网頁页連连當当臺台灣湾幾几動动態态狀状滿满專专關关閉闭費费協协師师條条後后從从選选擇择繼继"
            + "續续絕绝聽听讓让認认識识證证驗验補补傳传達达遲迟鐘钟週周決决問问題题煩烦壞坏賣卖貴贵黃黄誰谁嚴严"
            + "種种樣样擊击圖图麗丽鑽钻寶宝幣币帶带強强須须規规責责賠赔償偿鬧闹獲获儘尽儀仪陣阵隊队壓压價价辦办"
            + "離离雲云難难須须順顺願愿讀读變变邊边銀银鎖锁長长門门陸陆險险隨随雙双雜杂類类顧顾風风飛飞馬马驚惊"
            + "異异將将傷伤傳传僅仅優优兌兑內内凍冻別别則则剛刚勞劳勢势匯汇啟启啓启喚唤嘗尝團团執执夠够奪夺妳你"
            + "屬属廠厂廢废張张彈弹徵征恆恒惡恶戰战擔担擁拥攔拦敗败斷断權权歡欢歸归氣气沖冲決决測测滯滞潛潜災灾";
    /** Wrong characters and words of elsewhere, after the characters are simplified. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("帐", "账"),
            Map.entry("冲值", "充值"),
            Map.entry("充直", "充值"),
            Map.entry("储值", "充值"),
            Map.entry("卡蜜", "卡密"),
            Map.entry("卡秘", "卡密"),
            Map.entry("定单", "订单"),
            Map.entry("木有", "没有"),
            Map.entry("么有", "没有"),
            Map.entry("退宽", "退款"),
            Map.entry("付宽", "付款"),
            Map.entry("入账", "到账"),
            Map.entry("序号", "序列号"),
            Map.entry("真人客服", "人工客服"),
            Map.entry("咩", "吗"),
            Map.entry("咋", "怎么"));

    private static final Map<Integer, Integer> SIMPLIFIED = new TreeMap<>();

    static {
        int[] characters = PAIRS.codePoints().toArray();
        for (int i = 0; i + 1 < characters.length; i += 2) {
            SIMPLIFIED.put(characters[i], characters[i + 1]);
        }
    }

    private ChineseWords() {}

    static String prepared(String words) {
        StringBuilder text = new StringBuilder();
        Normalizer.normalize(words, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(character -> !Character.isWhitespace(character) && !isInvisible(character))
                .map(character -> SIMPLIFIED.getOrDefault(character, character))
                .forEach(text::appendCodePoint);
        String prepared = text.toString();
        for (Map.Entry<String, String> meant : new TreeMap<>(MEANT).entrySet()) {
            prepared = prepared.replace(meant.getKey(), meant.getValue());
        }
        return prepared;
    }

    private static boolean isInvisible(int character) {
        return Character.getType(character) == Character.FORMAT || Character.isISOControl(character);
    }
}
