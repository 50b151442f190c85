package dev.kadao.examples.cardshop.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for, and the envelope it comes in. The place where the next page begins is opaque to
 * callers and names its list, so that one list's is refused at another.
 *
 * @param list the list's name
 * @param after the id of the last item that was seen
 * @param limit how many items at most, 1 to 200
 */
public record Paging(String list, Optional<String> after, int limit) {
    private static final int USUAL = 50;
    private static final int MOST = 200;

    public static Paging of(Request request, String list) {
        int limit = request.query("limit").map(Paging::limit).orElse(USUAL);
        return new Paging(list, request.query("after").map(text -> opened(list, text)), limit);
    }

    /** As members of a body instead of the query. */
    public static Paging of(Members body, String list) {
        int limit = body.optionalWhole("limit", 1, MOST).orElse(USUAL);
        return new Paging(list, body.optionalText("after", TextRule.any()).map(text -> opened(list, text)), limit);
    }

    /**
     * The page with these items.
     *
     * @param lastId the id of the last of them if more follow, else null
     */
    public Response page(List<? extends JsonNode> items, @Nullable String lastId) {
        return Response.json(200, envelope(items, lastId));
    }

    /** That page, to add to. */
    public ObjectNode envelope(List<? extends JsonNode> items, @Nullable String lastId) {
        ObjectNode page = StrictJson.object();
        page.putArray("items").addAll(items);
        page.put("next", lastId == null ? null : sealed(list, lastId));
        return page;
    }

    /** Where the page after that item begins, for a list that is shown within something else. */
    public String placeAfter(String lastId) {
        return sealed(list, lastId);
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Problem.badRequest(
                    "'limit' is " + Quoted.of(text) + "; it must be a whole number from 1 to " + MOST + ".");
        }
        return Integer.parseInt(text);
    }

    static String sealed(String list, String id) {
        byte[] bytes = (list + ":" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String opened(String list, String text) {
        String start = list + ":";
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (plain.startsWith(start)
                    && plain.length() > start.length()
                    && plain.length() <= 200
                    && sealed(list, plain.substring(start.length())).equals(text)) {
                return plain.substring(start.length());
            }
        } catch (IllegalArgumentException e) {
            // Not base64: no 'next' of ours, refused below like any other.
        }
        throw Problem.badRequest("'after' is " + Quoted.of(text) + "; it must be the 'next' of an earlier page of this"
                + " list, unchanged.");
    }
}
