package dev.kadao.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What some classes write to the log while this is open. */
final class LogOf implements AutoCloseable {
    private final ListAppender<ILoggingEvent> appender;
    private final List<Logger> loggers;

    LogOf(Class<?>... classes) {
        // The module under test rightly does not read the logging library that its tests listen to.
        Module self = LogOf.class.getModule();
        Module logback = LoggerFactory.getILoggerFactory().getClass().getModule();
        self.addReads(logback);
        if (logback.getLayer() != null) {
            logback.getLayer().findModule("ch.qos.logback.core").ifPresent(self::addReads);
        }
        appender = new ListAppender<>();
        loggers = List.of(classes).stream()
                .map(type -> (Logger) LoggerFactory.getLogger(type))
                .toList();
        appender.start();
        loggers.forEach(logger -> {
            logger.setLevel(Level.INFO);
            logger.addAppender(appender);
        });
    }

    List<String> warnings() {
        return at(Level.WARN);
    }

    List<String> news() {
        return at(Level.INFO);
    }

    private List<String> at(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        loggers.forEach(logger -> {
            logger.detachAppender(appender);
            logger.setLevel(null);
        });
        appender.stop();
    }
}
