package dev.verdict.report;

/// Bounds a text that comes from a journal, and says what it left out.
final class Shortened {
    private Shortened() {}

    static String to(int max, String text) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + " … (" + (text.length() - end) + " more characters)";
    }
}
