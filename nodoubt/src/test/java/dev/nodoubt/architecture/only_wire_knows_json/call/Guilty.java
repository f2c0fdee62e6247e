package dev.nodoubt.architecture.only_wire_knows_json.call;

import tools.jackson.core.json.JsonFactory;

record Guilty(JsonFactory factory) {}
