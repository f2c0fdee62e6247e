/**
 * What the parts cost by themselves, by JMH. Each class is one part: its fields are what is needed, and its set-up checks
 * that the path to be measured is the one that is taken. None is final, because JMH extends them.
 */
@NullMarked
package dev.nodoubt.bench.parts;

import org.jspecify.annotations.NullMarked;
