package dev.kadao.jdbc;

/** The statements of the risk counters: the same on every database. */
final class RiskStatements {
    private RiskStatements() {}

    static String text(Query query) {
        return switch (query) {
            case RISK_GUARD_RAISE ->
                "UPDATE kadao_risk_guard SET until_at = GREATEST(until_at, ?), takes = takes + 1 WHERE guard_key = ?";
            case RISK_GUARD_INSERT -> "INSERT INTO kadao_risk_guard (guard_key, until_at, takes) VALUES (?, ?, 1)";
            case RISK_TAKEN -> """
                SELECT COALESCE(SUM(CASE WHEN until_at > ? THEN weight ELSE 0 END), 0),
                  MAX(CASE WHEN holder = ? THEN until_at END),
                  MAX(CASE WHEN holder = ? THEN weight END)
                FROM kadao_risk_ticket WHERE guard_key = ?""";
            case RISK_TICKET_INSERT -> """
                INSERT INTO kadao_risk_ticket (guard_key, holder, weight, until_at, while_open)
                VALUES (?, ?, ?, ?, ?)""";
            case RISK_TICKET_RENEW -> """
                UPDATE kadao_risk_ticket SET weight = ?, until_at = ?, while_open = ?
                WHERE guard_key = ? AND holder = ?""";
            case RISK_TICKET_EXTEND -> """
                UPDATE kadao_risk_ticket SET until_at = GREATEST(until_at, ?), weight = GREATEST(weight, ?)
                WHERE guard_key = ? AND holder = ?""";
            case RISK_PROLONG -> """
                UPDATE kadao_risk_ticket SET until_at = GREATEST(until_at, ?)
                WHERE holder = ? AND while_open = 1 AND until_at > ?""";
            case RISK_RELEASE -> "DELETE FROM kadao_risk_ticket WHERE holder = ? AND while_open = 1";
            case RISK_CANCEL -> "DELETE FROM kadao_risk_ticket WHERE holder = ?";
            case RISK_TICKETS_OVER -> """
                SELECT guard_key, holder FROM kadao_risk_ticket
                WHERE until_at <= ? ORDER BY until_at LIMIT ?""";
            case RISK_TICKET_PURGE ->
                "DELETE FROM kadao_risk_ticket WHERE guard_key = ? AND holder = ? AND until_at <= ?";
            case RISK_GUARDS_OVER ->
                "SELECT guard_key FROM kadao_risk_guard WHERE until_at <= ? ORDER BY until_at LIMIT ?";
            case RISK_GUARD_PURGE -> "DELETE FROM kadao_risk_guard WHERE guard_key = ? AND until_at <= ?";
            default -> throw new IllegalArgumentException(query + " is not about risk");
        };
    }
}
