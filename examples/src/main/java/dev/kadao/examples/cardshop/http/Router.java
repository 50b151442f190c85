package dev.kadao.examples.cardshop.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which method and path. A template's segment in braces takes any one segment. Of two templates
 * that fit, the one that was added first answers. Filled before the server starts and not changed afterwards.
 */
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    public Router add(String method, String template, Handler handler) {
        routes.add(new Route(method, segments(template), handler));
        return this;
    }

    /** The route of this request. An unknown path is a {@link Problem} with status 404. */
    Match find(String method, String rawPath) {
        List<String> path = segments(rawPath);
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            @Nullable Map<String, String> values = route.values(path);
            if (values != null && route.method.equals(method)) {
                return new Match(route.handler, values);
            }
            if (values != null) {
                allowed.add(route.method);
            }
        }
        if (allowed.isEmpty()) {
            throw Problem.notFound("There is nothing at " + Quoted.of(rawPath) + ".");
        }
        String methods = String.join(", ", allowed);
        Response refusal = new Problem(405, Quoted.of(rawPath) + " takes " + methods + " only.")
                .toResponse()
                .with("Allow", methods);
        return new Match(request -> refusal, Map.of());
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    record Match(Handler handler, Map<String, String> values) {}

    private record Route(String method, List<String> template, Handler handler) {

        private @Nullable Map<String, String> values(List<String> path) {
            if (path.size() != template.size()) {
                return null;
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String expected = template.get(i);
                if (expected.startsWith("{")) {
                    values.put(expected.substring(1, expected.length() - 1), PercentCode.segment(path.get(i)));
                } else if (!expected.equals(path.get(i))) {
                    return null;
                }
            }
            return values;
        }
    }
}
