/// Reads `.proto` files, and puts messages of protobuf into JSON and back.
@NullMarked
package dev.verdict.proto;

import org.jspecify.annotations.NullMarked;
