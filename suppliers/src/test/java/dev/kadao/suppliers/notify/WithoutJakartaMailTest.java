package dev.kadao.suppliers.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kadao.order.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A shop without Jakarta Mail uses the rest of this module, and is told what it lacks if it wants to send mail. */
class WithoutJakartaMailTest {
    private static final Path CLASSES = Path.of(System.getProperty("basedir", ""), "target", "classes");

    /** Loads this module's classes anew, in a world that has everything else but Jakarta Mail. */
    private static final class NoMail extends URLClassLoader {
        NoMail() throws Exception {
            super(new URL[] {CLASSES.toUri().toURL()}, WithoutJakartaMailTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.") || name.startsWith("org.eclipse.angus.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null
                        ? known
                        : name.startsWith("dev.kadao.suppliers.") ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }

    private static List<String> classNames() throws Exception {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && name.contains("/"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> !name.endsWith("-info"))
                    .toList();
        }
    }

    @Test
    void all_classes_but_one_load_and_show_their_methods() throws Exception {
        try (NoMail world = new NoMail()) {
            assertThat(classNames()).hasSizeGreaterThan(20);
            for (String name : classNames()) {
                if (!name.contains("SmtpDelivery")) {
                    Class<?> type = Class.forName(name, true, world);
                    assertThat(type.getClassLoader()).isSameAs(world);
                    assertThat(type.getDeclaredMethods()).isNotNull();
                }
            }
            Class<?> mail = Class.forName("dev.kadao.suppliers.notify.SmtpDelivery", false, world);
            assertThatThrownBy(mail::getDeclaredMethods)
                    .as("this world has no Jakarta Mail")
                    .isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void building_an_email_notifier_says_what_to_add() throws Exception {
        try (NoMail world = new NoMail()) {
            Class<?> notifier = Class.forName("dev.kadao.suppliers.notify.EmailNotifier", true, world);
            Object builder = notifier.getMethod("through", String.class, int.class, String.class)
                    .invoke(null, "smtp.example.com", 587, "shop@example.com");
            Method build = builder.getClass().getMethod("build");

            assertThatThrownBy(() -> build.invoke(builder))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("Jakarta Mail, or an implementation of it, is not there")
                    .hasMessageContaining("org.eclipse.angus:angus-mail");
        }
    }

    @Test
    void a_webhook_notifier_is_built_and_works() throws Exception {
        try (NoMail world = new NoMail()) {
            Class<?> notifier = Class.forName("dev.kadao.suppliers.notify.WebhookNotifier", true, world);
            Function<Object, Optional<Object>> nowhere = order -> Optional.empty();
            Object builder = notifier.getMethod("to", Function.class).invoke(null, nowhere);
            Object built = builder.getClass().getMethod("build").invoke(builder);

            assertThat(Samples.notTold(() -> ((dev.kadao.port.Notifier) built)
                            .tell(Samples.ORDER, Message.Kind.CLOSED, Optional.empty(), Samples.REFERENCE)))
                    .hasMessage("the buyer has no endpoint");
        }
    }
}
