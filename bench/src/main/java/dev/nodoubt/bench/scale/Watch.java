package dev.nodoubt.bench.scale;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Looks at this process all the time: peaks of heap after collections, of calls in memory, of waits for a connection. */
final class Watch {

    private static final long EACH_NANOS = 5_000_000;
    private static final double MEBIBYTE = 1 << 20;

    private final HikariPoolMXBean pool;
    private final AtomicInteger mostHeld = new AtomicInteger();
    private final AtomicInteger mostAwaiting = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger looksAwaiting = new AtomicInteger();
    private final AtomicLong afterAny = new AtomicLong();
    private final AtomicLong afterFull = new AtomicLong();

    Watch(HikariPoolMXBean pool) {
        this.pool = pool;
    }

    void begin(IntSupplier held) {
        Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(memory -> memory.getType() == MemoryType.HEAP)
                .map(memory -> memory.getName())
                .collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener((notification, nothing) -> collected(notification, heap), null, null);
        }
        ScaleApplication.daemon("watch", () -> {
            while (true) {
                look(held.getAsInt());
                LockSupport.parkNanos(EACH_NANOS);
            }
        });
    }

    private void look(int held) {
        mostHeld.accumulateAndGet(held, Math::max);
        int awaiting = pool.getThreadsAwaitingConnection();
        mostAwaiting.accumulateAndGet(awaiting, Math::max);
        looks.incrementAndGet();
        looksAwaiting.addAndGet(awaiting > 0 ? 1 : 0);
    }

    private void collected(Notification notification, Set<String> heap) {
        GarbageCollectionNotificationInfo info =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(memory -> heap.contains(memory.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        afterAny.accumulateAndGet(used, Math::max);
        if (info.getGcAction().contains("major")) {
            afterFull.accumulateAndGet(used, Math::max);
        }
    }

    /** Since it began. */
    Map<String, Double> seen() {
        return Map.of(
                "mostHeld", (double) mostHeld.get(),
                "mostAwaitingConnection", (double) mostAwaiting.get(),
                "partOfTimeAwaiting", looksAwaiting.get() / (double) Math.max(1, looks.get()),
                "heapAfterAnyCollectionMiB", afterAny.get() / MEBIBYTE,
                "heapAfterFullCollectionMiB", afterFull.get() / MEBIBYTE);
    }
}
