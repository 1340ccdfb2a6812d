package dev.verdict.plan;

/// Takes the paths apart that name values in a plan, as `phases[0].suites[1].name`.
final class Paths {
    private Paths() {}

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    static String parent(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    /// Returns the last key, which a message begins with; `the plan` for the whole.
    static String name(String path) {
        String keys = path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : path;
        return keys.isEmpty() ? "the plan" : keys.substring(keys.lastIndexOf('.') + 1);
    }
}
