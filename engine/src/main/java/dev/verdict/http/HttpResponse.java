package dev.verdict.http;

import java.util.Arrays;

/// Is what was answered.
///
/// @param reason behind the status; often empty
/// @param trailers the fields behind a chunked body
/// @param body as it was sent, without its framing
@SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
public record HttpResponse(int status, String reason, Headers headers, Headers trailers, byte[] body) {
    /// Returns the body without the codings that its `Content-Encoding` names: gzip and deflate.
    ///
    /// @param limit of its bytes
    /// @throws HttpFailure if the body is not coded as the header says, or grows beyond the limit
    public byte[] content(long limit) throws HttpFailure {
        var codings = headers.all("Content-Encoding").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        return codings.isEmpty() ? body : ContentCoding.decode(body, codings, limit);
    }
}
