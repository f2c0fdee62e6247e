package dev.nodoubt.architecture.nobody_reads_the_old_clocks;

final class GuiltyOfMillis {

    long now() {
        return System.currentTimeMillis();
    }
}
