package dev.verdict.environment.docker;

import java.util.List;

/// Takes what a service's containers write, a line each.
public interface ContainerOutput {
    /// Keeps nothing: for containers that belong to no service.
    ContainerOutput NONE = new ContainerOutput() {
        @Override
        public void accept(String stream, String text, long cutBytes) {
            // Nobody asked for it.
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public List<String> last(int count) {
            return List.of();
        }
    };

    /// Takes one line.
    ///
    /// @param stream `out` or `err`
    /// @param cutBytes how many bytes of the line were already left out
    void accept(String stream, String text, long cutBytes);

    /// Makes everything taken so far visible to readers.
    void flush();

    /// Returns the last lines, oldest first.
    List<String> last(int count);
}
