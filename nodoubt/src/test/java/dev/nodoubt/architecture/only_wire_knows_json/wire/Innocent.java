package dev.nodoubt.architecture.only_wire_knows_json.wire;

import tools.jackson.core.json.JsonFactory;

record Innocent(JsonFactory factory) {}
