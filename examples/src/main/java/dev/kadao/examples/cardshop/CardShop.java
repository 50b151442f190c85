package dev.kadao.examples.cardshop;

import dev.kadao.examples.cardshop.config.Startup;
import dev.kadao.examples.cardshop.folder.DataFolder;
import java.util.List;

/** Starts the card shop: options, one line when it is ready, and one line for each reason why it cannot start. */
public final class CardShop {
    private CardShop() {}

    public static void main(String[] arguments) {
        Startup startup = Startup.of(List.of(arguments));
        if (startup instanceof Startup.Help help) {
            say(help.text());
        } else if (startup instanceof Startup.Rejected rejected) {
            fail(rejected.status(), rejected.problems());
        } else if (startup instanceof Startup.Ready ready) {
            start(ready);
        }
    }

    private static void start(Startup.Ready ready) {
        try {
            RunningShop shop = RunningShop.open(ready);
            Runtime.getRuntime().addShutdownHook(new Thread(shop::close, "shutdown"));
            shop.notes().forEach(note -> warn("cardshop: " + note));
            say("cardshop: listening on " + shop.address());
            // After the line that programs wait for, so that it is the first one.
            shop.madeAdminToken().ifPresent(token -> say("cardshop: the desk's token is " + token.expose()));
        } catch (RunningShop.CannotStart e) {
            fail(1, e.problems());
        } catch (DataFolder.NotUsable e) {
            fail(1, List.of(e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void warn(String line) {
        System.err.println(line);
    }

    private static void fail(int status, List<String> problems) {
        problems.forEach(problem -> warn("cardshop: " + problem));
        System.exit(status);
    }
}
