package dev.verdict.scenario;

import io.cucumber.core.backend.CucumberBackendException;
import io.cucumber.core.backend.ObjectFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the step classes of a scenario, one object of each, by their only public constructor. Its
/// parameters may be [World], [Evidence], [SystemUnderTest] and other step classes.
///
/// One factory serves all threads: each scenario has a thread of its own, and its objects with it.
final class StepObjects implements ObjectFactory {
    private static final ThreadLocal<@Nullable Scene> SCENES = new ThreadLocal<>();

    private final Map<Class<?>, Constructor<?>> constructors = new ConcurrentHashMap<>();

    /// Holds the objects of the scenario that the thread runs.
    private record Scene(World world, Runnable guard, Map<Class<?>, Object> objects) {}

    /// Opens a scenario on this thread; [#stop] closes it.
    ///
    /// @param guard runs before each step, and throws if no further one may start
    void enter(World world, Runnable guard) {
        SCENES.set(new Scene(world, guard, new HashMap<>()));
    }

    /// Throws if this thread's scenario may not start another step.
    void guard() {
        Scene scene = SCENES.get();
        if (scene != null) {
            scene.guard().run();
        }
    }

    @Override
    public boolean addClass(Class<?> glueClass) {
        return true;
    }

    @Override
    public void start() {
        // The scene was opened by `enter`, which knows the scenario; a dry run needs none.
    }

    @Override
    public void stop() {
        SCENES.remove();
    }

    @Override
    public <T> T getInstance(Class<T> type) {
        return type.cast(object(scene(type), type, new LinkedHashSet<>()));
    }

    private Scene scene(Class<?> type) {
        Scene scene = SCENES.get();
        if (scene == null) {
            throw new CucumberBackendException(type.getName() + " was asked for outside of a scenario");
        }
        return scene;
    }

    private Object object(Scene scene, Class<?> type, Set<Class<?>> asking) {
        if (type == World.class) {
            return scene.world();
        }
        if (type == Evidence.class) {
            return scene.world().evidence();
        }
        if (type == SystemUnderTest.class) {
            return scene.world().system();
        }
        Object known = scene.objects().get(type);
        if (known != null) {
            return known;
        }
        if (!asking.add(type)) {
            throw new CucumberBackendException(
                    "step classes need each other: " + names(asking) + " → " + type.getName());
        }
        Object made = make(scene, type, asking);
        asking.remove(type);
        scene.objects().put(type, made);
        return made;
    }

    private Object make(Scene scene, Class<?> type, Set<Class<?>> asking) {
        Constructor<?> constructor = constructors.computeIfAbsent(type, StepObjects::constructor);
        Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                .map(parameter -> object(scene, parameter, asking))
                .toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new CucumberBackendException(
                    "the constructor of " + type.getName() + " failed: " + e.getCause(), cause(e));
        } catch (ReflectiveOperationException e) {
            throw new CucumberBackendException("cannot make a " + type.getName() + ": " + e, e);
        }
    }

    private static Exception cause(InvocationTargetException e) {
        return e.getCause() instanceof Exception cause ? cause : e;
    }

    private static Constructor<?> constructor(Class<?> type) {
        Constructor<?>[] constructors = type.getConstructors();
        if (constructors.length != 1 || Modifier.isAbstract(type.getModifiers())) {
            throw new CucumberBackendException(
                    "cannot make a %s: a step class is concrete and has one public constructor, which takes World, Evidence, SystemUnderTest or other step classes"
                            .formatted(type.getName()));
        }
        return constructors[0];
    }

    private static String names(Set<Class<?>> types) {
        return types.stream().map(Class::getName).collect(Collectors.joining(" → "));
    }
}
