package dev.verdict.gateway;

import dev.verdict.plan.HttpFault.HttpEdit;
import java.nio.charset.StandardCharsets;

/// Replaces a text in bodies. It works on bytes, so that what is not UTF-8 around it stays.
final class HttpEditing implements HttpChange {
    private final String find;
    private final String replacement;

    HttpEditing(HttpEdit edit) {
        this.find = bytewise(edit.find());
        this.replacement = bytewise(edit.replacement());
    }

    @Override
    public boolean needsBody() {
        return true;
    }

    @Override
    public boolean concerns(HttpMessage answer) {
        return text(answer).contains(find);
    }

    @Override
    public void change(HttpMessage answer) {
        answer.body(text(answer).replace(find, replacement).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(HttpMessage answer) {
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }

    /// Returns the text with a character for each of its bytes in UTF-8.
    private static String bytewise(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
