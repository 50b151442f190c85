package dev.kadao.examples.cardshop.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A refused request, as RFC 9457 has it: a status and a detail that a person can act on. Thrown by whoever finds out,
 * answered by the router. It is no failure of the shop, so it has no stack trace and is not logged.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String detail;
    private final boolean asksForToken;

    public Problem(int status, String detail) {
        this(status, detail, false);
    }

    private Problem(int status, String detail, boolean asksForToken) {
        super(status + " " + detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.asksForToken = asksForToken;
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, detail);
    }

    /** 401 that asks for a bearer token, in the header that RFC 6750 demands. */
    public static Problem tokenNeeded(String detail) {
        return new Problem(401, detail, true);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, detail);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, detail);
    }

    public int status() {
        return status;
    }

    public String detail() {
        return detail;
    }

    public Response toResponse() {
        ObjectNode document = StrictJson.object();
        document.put("type", "about:blank");
        document.put("title", title(status));
        document.put("status", status);
        document.put("detail", detail);
        Response response = Response.of(status, "application/problem+json", StrictJson.bytes(document));
        return asksForToken ? response.with("WWW-Authenticate", "Bearer") : response;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "Problem";
        };
    }
}
