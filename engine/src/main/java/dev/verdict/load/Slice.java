package dev.verdict.load;

/// Is a part of a load: each `count`-th request, beginning with `number`.
///
/// @param number from 0 on
/// @param count of how many parts it is one
public record Slice(int number, int count) {
    /// Is all of a load.
    public static final Slice WHOLE = new Slice(0, 1);

    public Slice {
        if (count < 1 || number < 0 || number >= count) {
            throw new IllegalArgumentException("slice " + number + " of " + count);
        }
    }

    /// Returns a part of this part.
    public Slice part(int part, int parts) {
        return new Slice(number + part * count, count * parts);
    }

    /// Returns the number in the whole of this part's n-th request.
    public long index(long n) {
        return number + n * count;
    }
}
