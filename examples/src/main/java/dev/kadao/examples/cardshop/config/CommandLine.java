package dev.kadao.examples.cardshop.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options as they were typed, by name; their values are read together with the file's.
 *
 * @param problems what is no option, stands twice or lacks its value, one sentence each
 */
record CommandLine(Map<String, String> values, List<String> problems, boolean help) {
    static final List<String> IN_FILE_TOO =
            List.of("port", "bind", "data", "jdbc-url", "jdbc-user", "jdbc-password", "admin-token");

    static final String USAGE = """
            Usage: cardshop [options]
              --port N            port to listen on, 0 picks a free one (default 8080)
              --bind ADDRESS      address to listen on (default 127.0.0.1)
              --data DIR          folder of the embedded database (default cardshop-data)
              --jdbc-url URL      PostgreSQL or MariaDB instead, which several shop processes may share, such as
                                  jdbc:postgresql://host:5432/database or jdbc:mariadb://host:3306/database
              --jdbc-user NAME    user there
              --jdbc-password P   password there (other users of this machine see command lines: rather in the file)
              --admin-token T     bearer token of the desk (default: a random one, printed)
              --config FILE       properties file in UTF-8 (default: the built-in demo)
            All but --config may also stand in the file, as port=, data= and so on; the command line wins.""";

    static CommandLine parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        boolean help = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            String name = option.startsWith("--") ? option.substring(2) : "";
            if (argument.equals("--help") || argument.equals("-h")) {
                help = true;
            } else if (!name.equals("config") && !IN_FILE_TOO.contains(name)) {
                problems.add(unknown(option, name));
                boolean hasValue = !name.isEmpty() && equals < 0 && i + 1 < arguments.size();
                i += hasValue && !arguments.get(i + 1).startsWith("--") ? 1 : 0;
            } else if (equals < 0
                    && (i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--"))) {
                problems.add("The option --" + name + " needs a value: --" + name + " VALUE.");
            } else {
                String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
                if (values.put(name, value) != null) {
                    problems.add("The option --" + name + " stands there twice; give it once.");
                }
            }
        }
        return new CommandLine(values, problems, help);
    }

    private static String unknown(String option, String name) {
        if (name.isEmpty()) {
            return "'" + option + "' is no option; options begin with --, as in --port 8080.";
        }
        List<String> known = new ArrayList<>(IN_FILE_TOO);
        known.add("config");
        return "The option " + option + " is not known; did you mean --" + KnownNames.nearest(name, known) + "?";
    }
}
