package dev.nodoubt.spring.observe;

import dev.nodoubt.Outcome;
import dev.nodoubt.call.OpenCall;

/** Hears how calls end, where that is measured. */
interface CallEnds {

    CallEnds UNHEARD = new CallEnds() {
        @Override
        public void settled(OpenCall call, Outcome outcome) {}

        @Override
        public void unresolved(OpenCall call) {}
    };

    void settled(OpenCall call, Outcome outcome);

    void unresolved(OpenCall call);
}
