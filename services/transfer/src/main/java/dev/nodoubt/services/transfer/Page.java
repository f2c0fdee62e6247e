package dev.nodoubt.services.transfer;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded part of a list. Nothing is counted: a count of a large table costs more than the page.
 *
 * @param items at most {@code size}
 * @param page counts from 0
 * @param size asked for, 1 to 100
 * @param next the page after this one; null when this is the last
 */
record Page<T>(List<T> items, int page, int size, @Nullable Integer next) {

    /** Cuts a list that was read with one item more than the size, which tells whether there is a next page. */
    static <T> Page<T> of(Slice slice, List<T> oneMore) {
        boolean more = oneMore.size() > slice.size();
        return new Page<>(
                List.copyOf(more ? oneMore.subList(0, slice.size()) : oneMore),
                slice.page(),
                slice.size(),
                more && slice.page() < Slice.LAST_PAGE ? slice.page() + 1 : null);
    }

    <R> Page<R> map(Function<? super T, ? extends R> view) {
        return new Page<>(items.stream().<R>map(view).toList(), page, size, next);
    }

    /**
     * Which part is wanted.
     *
     * @param page 0 to 9,999
     * @param size 1 to 100
     */
    record Slice(int page, int size) {

        private static final int LAST_PAGE = 9_999;

        Slice {
            if (page < 0 || page > LAST_PAGE) {
                throw new InvalidInput("page", "must be 0 to " + LAST_PAGE, String.valueOf(page));
            }
            if (size < 1 || size > 100) {
                throw new InvalidInput("size", "must be 1 to 100", String.valueOf(size));
            }
        }

        int offset() {
            return page * size;
        }

        /** One more than the size. */
        int limit() {
            return size + 1;
        }
    }
}
