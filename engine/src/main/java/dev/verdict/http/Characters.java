package dev.verdict.http;

/// Knows which characters RFC 9110 allows where.
final class Characters {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                .chars()
                .forEach(c -> TOKEN[c] = true);
    }

    private Characters() {}

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isToken(int character) {
        return character < TOKEN.length && TOKEN[character];
    }

    /// Allows what Latin-1 has except control characters.
    static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF || !isFieldValue(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isFieldValue(int character) {
        return character >= ' ' ? character != 0x7F : character == '\t';
    }

    /// Returns bytes of a stranger for a message: printable, and not too many.
    static String shown(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + 60);
        StringBuilder text = new StringBuilder("\"");
        for (int i = from; i < end; i++) {
            int character = bytes[i] & 0xFF;
            text.append(character >= ' ' && character < 0x7F ? (char) character : '.');
        }
        return text.append(end < to ? "…\"" : "\"").toString();
    }
}
