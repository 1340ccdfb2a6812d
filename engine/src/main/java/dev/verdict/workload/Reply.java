package dev.verdict.workload;

import tools.jackson.databind.JsonNode;

/// Is what the system answered.
///
/// @param code as a plan's `ok`, `fail` and `empty` name it
/// @param success whether it is one that is usually a success
/// @param nothing whether it says that nothing was there
/// @param content what was answered, or null if it is nothing
record Reply(String code, boolean success, boolean nothing, JsonNode content) {}
