package dev.nodoubt.bench.gate;

import dev.nodoubt.bench.measure.CpuMeter;

/** One round of one side: what its clients saw and what the processes used for it. */
record Round(Sample sample, CpuMeter.Cpu cpu) {

    double receiverMicros() {
        return cpu.receiver() / sample.requests();
    }

    double databaseMicros() {
        return cpu.database() / sample.requests();
    }

    double bothMicros() {
        return cpu.both() / sample.requests();
    }
}
