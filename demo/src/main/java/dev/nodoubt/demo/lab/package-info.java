/** The page on which a person chooses a fault, sends single transfers and watches what becomes of them. */
@NullMarked
package dev.nodoubt.demo.lab;

import org.jspecify.annotations.NullMarked;
