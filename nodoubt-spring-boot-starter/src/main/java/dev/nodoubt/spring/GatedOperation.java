package dev.nodoubt.spring;

import dev.nodoubt.gate.Isolation;

/**
 * What a gated handler says of itself.
 *
 * @param name the handler, as a message begins with it
 * @param rejections its refusals that are declared beyond the default ones
 * @param isolation of the gate's transaction around it
 */
record GatedOperation(String name, Rejections rejections, Isolation isolation) {}
