package dev.nodoubt.gate;

/**
 * How many rows a caller has, or by how many that changes.
 *
 * @param rows of any kind
 * @param tombstones those of them that fences left
 */
public record Usage(long rows, long tombstones) {

    static final Usage NONE = new Usage(0, 0);

    Usage plus(Usage more) {
        return new Usage(rows + more.rows, tombstones + more.tombstones);
    }
}
