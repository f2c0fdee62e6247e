package dev.nodoubt.bench;

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
