package dev.verdict.scenario;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Loads the classes of a suite, and remembers which it could not find: for every step that does
/// not pass, Cucumber asks for four classes of test frameworks that are seldom there, and each time
/// the whole class path would be searched.
final class SuiteLoader extends URLClassLoader {
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    SuiteLoader(String suite, URL[] urls) {
        super("suite " + suite, urls, SuiteLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (missing.contains(name)) {
            throw new MissingAgain(name);
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            missing.add(name);
            throw e;
        }
    }

    /// Repeats an answer, without the cost of another stack trace.
    private static final class MissingAgain extends ClassNotFoundException {
        private static final long serialVersionUID = 1;

        MissingAgain(String name) {
            super(name);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is written
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
