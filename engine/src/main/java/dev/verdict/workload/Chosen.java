package dev.verdict.workload;

import tools.jackson.databind.JsonNode;

/// Is what a client does next.
///
/// @param function the model's word for it
/// @param key which thing
/// @param argument what it is done with, or null if there is nothing
/// @param input the same as the plan's `${value}` has it
/// @param expected the plan's `${expected}`
record Chosen(String function, int key, JsonNode argument, String input, String expected) {}
