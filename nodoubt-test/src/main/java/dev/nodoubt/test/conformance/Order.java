package dev.nodoubt.test.conformance;

/**
 * One business fact: a body, and the text by which its effect is counted.
 *
 * @param mark unique
 * @param body a valid one
 */
record Order(String mark, Body body) {

    Order with(Body other) {
        return new Order(mark, other);
    }
}
