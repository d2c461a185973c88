package io.tickring.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;

/**
 * The libraries' warnings and worse, one line each, on standard error. A file that the system property
 * {@code logback.configurationFile} names goes before it.
 *
 * <p>Design note: in code and not in XML, whose reading took a fifth of a second of every start.
 */
public final class LibraryLog extends ContextAwareBase implements Configurator {
    /** Some messages hold a whole stack. */
    private static final int LONGEST = 400;

    private static final String FILE_PROPERTY = "logback.configurationFile";

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (System.getProperty(FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Line line = new Line();
        line.setContext(loggers);
        line.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(loggers);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(line);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(loggers);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(stderr);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static final class Line extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            String name = event.getLoggerName();
            IThrowableProxy thrown = event.getThrowableProxy();
            String text = event.getLevel() + " " + name.substring(name.lastIndexOf('.') + 1) + ": "
                    + event.getFormattedMessage()
                    + (thrown == null ? "" : " " + thrown.getClassName() + ": " + thrown.getMessage());
            String line = text.replaceAll("\\s+", " ");
            return OneLineErrors.line(line.substring(0, Math.min(line.length(), LONGEST))) + System.lineSeparator();
        }
    }
}
